"""The series of the INPC: what it knows, what is missing, and files that are refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from workflow.params import inpc
from workflow.params.errores import ParametroInvalido
from workflow.params.inpc import Indice, Serie

ARCHIVO = Path(inpc.__file__).with_name("inpc.yaml")


def indice(anio: int, mes: int, texto: str) -> Indice:
    return Indice(date(anio, mes, 1), texto, "CFF 17-A", "prueba", "verificado", "")


def test_la_serie_incluida() -> None:
    serie = inpc.incluida()
    assert len(serie.indices) == 124
    assert (serie.primero.mes, serie.ultimo.mes) == (date(2015, 12, 1), date(2026, 5, 1))
    enero = serie.de(date(2025, 1, 31))
    assert enero is not None
    assert (enero.texto, enero.valor) == ("138.343", Decimal("138.343"))
    assert (enero.vigente_desde, enero.vigente_hasta) == (date(2025, 1, 1), date(2025, 1, 31))
    # Nothing was read in INEGI's own file.
    assert {i.confianza for i in serie.indices} == {"por_verificar"}
    assert all(i.cita and i.publicacion and i.nota for i in serie.indices)
    assert "julio de 2018" in inpc.base()


def test_un_mes_que_falta_falta() -> None:
    serie = inpc.incluida()
    assert serie.de(date(2026, 3, 15)) is None
    ultimo = serie.ultimo_hasta(date(2026, 4, 30))
    assert ultimo is not None
    assert ultimo.mes == date(2026, 2, 1)
    assert serie.ultimo_hasta(date(2015, 11, 30)) is None
    assert serie.faltantes(date(2026, 7, 1)) == tuple(date(2026, m, 1) for m in (3, 4, 6, 7))
    assert serie.faltantes(date(2026, 2, 1)) == ()
    assert serie.faltantes(date(2010, 1, 1)) == ()


def test_con_da_otra_serie() -> None:
    serie = inpc.incluida()
    nueva = serie.con([indice(2026, 3, "145"), indice(2026, 2, "144.308"), indice(2015, 1, "87")])
    assert serie.de(date(2026, 3, 1)) is None
    marzo, febrero = nueva.de(date(2026, 3, 1)), nueva.de(date(2026, 2, 1))
    assert marzo is not None
    assert febrero is not None
    assert (marzo.texto, febrero.texto, nueva.primero.mes) == ("145", "144.308", date(2015, 1, 1))
    assert [i.mes for i in nueva.indices] == sorted(i.mes for i in nueva.indices)
    with pytest.raises(ValueError, match="at least one"):
        Serie([])


def test_los_meses_de_antes_y_de_despues() -> None:
    assert inpc.mes_siguiente(date(2025, 12, 31)) == date(2026, 1, 1)
    assert inpc.mes_siguiente(date(2025, 1, 31)) == date(2025, 2, 1)
    assert inpc.mes_anterior(date(2026, 1, 15)) == date(2025, 12, 1)


def test_hasta_cuando_se_espera_un_indice() -> None:
    publicacion = inpc.publicacion_mensual()
    assert publicacion.dia == 10
    assert publicacion.ultimo_publicado(date(2026, 11, 10)) == date(2026, 9, 1)
    assert publicacion.ultimo_publicado(date(2026, 11, 11)) == date(2026, 10, 1)
    assert inpc.regla_factor().decimales == 4
    assert inpc.importacion().salto_maximo == Decimal("2.50")


BUENO = ARCHIVO.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("antes", "despues", "dice"),
    [
        ('mes: "2016-01"', 'mes: "2015-12"', "en orden"),
        ('mes: "2016-01"', 'mes: "2016-13"', "AAAA-MM"),
        ('mes: "2016-01"', "mez: 2016", "mes"),
        ('valor: "89.386381"', 'valor: "89,386"', "valor"),
        ('valor: "89.386381"', 'valor: "0"', "mayor que cero"),
        ('"89.386381", cotejo: fuente_unica', '"89.386381", cotejo: otra', "otra"),
        (
            '  - {mes: "2016-01", valor: "89.386381", cotejo: fuente_unica}',
            "  - enero",
            "mes, valor y cotejo",
        ),
        ("  decimales: 4\n", "  decimales: 0\n", "decimales"),
        ('  salto_maximo: "2.50"', '  salto_maximo: "0"', "salto_maximo"),
        ("factor:\n", "factores:\n", "claves"),
        ('  cita: "CFF 17-A, último párrafo"\n', "", "cita"),
        ("  dia: 10\n", "  dia: 10\n  hora: 9\n", "hora"),
    ],
)
def test_un_archivo_malo_no_se_carga(tmp_path: Path, antes: str, despues: str, dice: str) -> None:
    assert antes in BUENO
    malo = tmp_path / "inpc.yaml"
    malo.write_text(BUENO.replace(antes, despues, 1), encoding="utf-8")
    with pytest.raises(ParametroInvalido, match=dice):
        inpc.cargar(malo)


def test_un_archivo_sin_indices_no_se_carga(tmp_path: Path) -> None:
    malo = tmp_path / "inpc.yaml"
    malo.write_text(BUENO.split("indices:")[0] + "indices: []\n", encoding="utf-8")
    with pytest.raises(ParametroInvalido, match="al menos uno"):
        inpc.cargar(malo)
    malo.write_text("- 1\n", encoding="utf-8")
    with pytest.raises(ParametroInvalido, match="claves"):
        inpc.cargar(malo)
