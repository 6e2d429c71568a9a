"""One field of a form, ready to be drawn, with its parts and its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from web.forms import frases
from workflow.formularios import Campo
from workflow.formularios.compuestos import ETIQUETAS_DOMICILIO, MEDIOS_FIRMA, PARTES

_RADIOS_MAXIMO = 8
_ANCHO_TABLA = 6
_ANCHOS: Final[Mapping[str, int]] = {
    "parrafo": 3,
    "archivos": 4,
    "firma": 6,
    "domicilio": 6,
    "periodo": 2,
    "asiento": 2,
}
_ANCHOS_PARES = ("ref", "usuario")
_SI_NO: Final = (("si", "Sí"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class OpcionVista:
    valor: str
    etiqueta: str
    marcada: bool
    id: str


@dataclass(frozen=True, slots=True)
class ColumnaVista:
    """Head of a column; `id` is that of its help."""

    titulo: str
    ayuda: str
    id: str


@dataclass(frozen=True, slots=True)
class RenglonVista:
    """A row of a list, numbered from 1."""

    numero: int
    campos: tuple[CampoVista, ...]


@dataclass(frozen=True, slots=True)
class CampoVista:
    """`tipo` names the macro that draws it; `ruta` is its path in the sentences of the judgement;
    `explica` the id of a help that is shown elsewhere; `sola` if the title of its section names it."""

    tipo: str
    nombre: str
    ruta: str
    id: str
    etiqueta: str
    ayuda: str = ""
    explica: str = ""
    error: str = ""
    opcional: bool = False
    valor: str = ""
    marcado: bool = False
    opciones: tuple[OpcionVista, ...] = ()
    partes: tuple[CampoVista, ...] = ()
    columnas: tuple[ColumnaVista, ...] = ()
    renglones: tuple[RenglonVista, ...] = ()
    agregar: str = ""
    como_tabla: bool = False
    maximo: int = 0
    alto: int = 4
    lleno: bool = False
    sola: bool = False

    @property
    def descrito(self) -> str:
        """Ids of what explains the field, for `aria-describedby`; empty if nothing does."""
        ids = (
            f"{self.id}-ayuda" if self.ayuda else self.explica,
            f"{self.id}-error" if self.error else "",
            f"{self.id}-cuenta" if self.maximo else "",
        )
        return " ".join(filter(None, ids))

    @property
    def ancla(self) -> str:
        """Id of the first control, where the link of the summary of errors lands."""
        if self.renglones:
            return self.renglones[0].campos[0].ancla
        if self.agregar:
            return f"{self.id}-agregar"
        if self.partes:
            return self.partes[0].ancla
        if self.tipo == "archivos":
            return f"{self.id}-archivo"
        return self.opciones[0].id if self.tipo in ("radios", "casillas") else self.id

    def anclas(self) -> Iterator[tuple[str, str]]:
        """(path, id to focus) of the field and of everything inside it, in reading order."""
        yield self.ruta, self.ancla
        for parte in self.partes:
            yield from parte.anclas()
        for renglon in self.renglones:
            lugar = f"{self.ruta}.{renglon.numero - 1}"
            yield lugar, renglon.campos[0].ancla
            for campo in renglon.campos:
                yield from campo.anclas()


class Pintor:
    """Draws fields with the sentences and the options of one page."""

    def __init__(
        self,
        errores: Mapping[str, str],
        opciones: Mapping[str, Sequence[tuple[Any, str]]],
        alternativas: Collection[str] = (),
    ) -> None:
        self.errores = errores
        self.opciones = opciones
        self.alternativas = alternativas

    def campo(self, campo: Campo, valor: Any, dentro: str = "", renglon: int = 0) -> CampoVista:
        """A field, or the cell of row `renglon` (from 1) of the list named `dentro`."""
        nombre = f"{dentro}-{renglon - 1}-{campo.nombre}" if dentro else campo.nombre
        base: dict[str, Any] = {
            "nombre": nombre,
            "ruta": nombre.replace("-", "."),
            "id": f"f-{nombre}",
            "etiqueta": campo.titulo,
            "ayuda": campo.ayuda,
            "opcional": self._es_opcional(campo),
        }
        base["error"] = self.errores.get(base["ruta"], "")
        if campo.lectura:
            ayuda = " ".join(filter(None, (frases.por_que(valor), campo.ayuda)))
            suyo = {"tipo": "lectura", "valor": frases.solo_lectura(campo, valor), "ayuda": ayuda}
            return CampoVista(**base | suyo | {"opcional": False})
        if campo.tipo == "lista":
            return self._lista(campo, valor, base)
        if campo.tipo in PARTES:
            return self._compuesto(campo, valor if isinstance(valor, Mapping) else {}, base)
        return self._simple(campo, valor, base, f"{dentro}.{campo.nombre}" if dentro else campo.nombre)

    def _es_opcional(self, campo: Campo) -> bool:
        """Nobody will ask for it: neither always, nor in some case, nor in place of another field."""
        return not (campo.obligatorio or campo.obligatorio_si or campo.nombre in self.alternativas)

    def _simple(self, campo: Campo, valor: Any, base: dict[str, Any], ruta: str) -> CampoVista:
        en_celda = "." in ruta
        if frases.es_casilla(campo):
            marcado = _como_texto(valor) in ("si", "true", "1", "on")
            return CampoVista(**base | {"tipo": "casilla", "marcado": marcado, "opcional": False})
        if campo.tipo in ("si_no", "opcion", "multi", "ref", "usuario", "asiento"):
            elegibles = self._elegibles(campo, ruta)
            corta = campo.tipo in ("si_no", "opcion") and len(elegibles) <= _RADIOS_MAXIMO and not en_celda
            tipo = "casillas" if campo.tipo == "multi" else ("radios" if corta else "seleccion")
            return CampoVista(**base | {"tipo": tipo, "opciones": _opciones(base["id"], elegibles, valor)})
        if campo.tipo == "archivos":
            nombres = {str(clave): etiqueta for clave, etiqueta in self._elegibles(campo, ruta)}
            guardados = [
                (_como_texto(uno), nombres.get(_como_texto(uno), f"Documento {uno}")) for uno in _lista(valor)
            ]
            return CampoVista(
                **base | {"tipo": "archivos", "opciones": _opciones(base["id"], guardados, valor)}
            )
        extra: dict[str, Any] = {"tipo": _tipo_de_entrada(campo), "valor": _como_texto(valor)}
        if campo.tipo == "parrafo":
            extra |= {"maximo": campo.largo or 0, "alto": 2 if en_celda else _alto(campo.largo or 0)}
        return CampoVista(**base | extra)

    def _elegibles(self, campo: Campo, ruta: str) -> Sequence[tuple[Any, str]]:
        if campo.tipo == "si_no":
            return _SI_NO
        if campo.opciones:
            return campo.opciones
        que_es = {
            "ref": (f"ref:{campo.tabla}", campo.tabla),
            "usuario": (f"usuario:{campo.rol}", "usuario"),
            "archivos": ("documento",),
        }.get(campo.tipo, (campo.tipo,))
        claves = (ruta, campo.nombre, *que_es)
        return next((self.opciones[clave] for clave in claves if clave in self.opciones), ())

    def _lista(self, campo: Campo, valor: Any, base: dict[str, Any]) -> CampoVista:
        filas = [fila if isinstance(fila, Mapping) else {} for fila in _lista(valor)]
        if not filas and campo.filas_minimo:
            filas = [{}]
        como_tabla = sum(_ancho(columna) for columna in campo.columnas) <= _ANCHO_TABLA
        columnas = tuple(
            ColumnaVista(columna.titulo, columna.ayuda, f"{base['id']}-{columna.nombre}-ayuda")
            for columna in campo.columnas
        )
        return CampoVista(
            **base
            | {
                "tipo": "lista",
                "columnas": columnas,
                "renglones": tuple(
                    RenglonVista(numero, self._celdas(campo, fila, numero, columnas if como_tabla else ()))
                    for numero, fila in enumerate(filas, start=1)
                ),
                "agregar": campo.agregar or "Agregar renglón",
                "como_tabla": como_tabla,
                "lleno": bool(campo.filas_maximo) and len(filas) >= campo.filas_maximo,
            }
        )

    def _celdas(
        self, campo: Campo, fila: Mapping[str, Any], numero: int, columnas: Sequence[ColumnaVista]
    ) -> tuple[CampoVista, ...]:
        """Fields of a row. In a table the help is said once, at the head of the column."""
        celdas = [
            self.campo(columna, fila.get(columna.nombre), campo.nombre, numero) for columna in campo.columnas
        ]
        for lugar, columna in enumerate(columnas):
            celdas[lugar] = replace(celdas[lugar], ayuda="", explica=columna.id if columna.ayuda else "")
        return tuple(celdas)

    def _compuesto(self, campo: Campo, valor: Mapping[str, Any], base: dict[str, Any]) -> CampoVista:
        partes = tuple(self._parte(campo, parte, valor.get(parte), base) for parte in PARTES[campo.tipo])
        return CampoVista(**base | {"tipo": campo.tipo, "partes": partes})

    def _parte(self, campo: Campo, parte: str, valor: Any, base: dict[str, Any]) -> CampoVista:
        propio: dict[str, Any] = {
            "nombre": f"{base['nombre']}-{parte}",
            "ruta": f"{base['ruta']}.{parte}",
            "id": f"{base['id']}-{parte}",
            "error": self.errores.get(f"{base['ruta']}.{parte}", ""),
            "valor": _como_texto(valor),
        }
        if campo.tipo == "periodo":
            return CampoVista(
                tipo="date",
                etiqueta=parte.capitalize(),
                opcional=parte == "hasta" and campo.abierto,
                **propio,
            )
        if campo.tipo == "domicilio":
            return CampoVista(tipo="text", etiqueta=ETIQUETAS_DOMICILIO[parte], **propio)
        if parte == "medio":
            medios = _opciones(propio["id"], MEDIOS_FIRMA, valor)
            return CampoVista(tipo="radios", etiqueta="¿Cómo firmas?", opciones=medios, **propio)
        if parte == "firmo":
            marcado = propio["valor"] in ("si", "true", "1", "on")
            return CampoVista(tipo="casilla", etiqueta="Firmo este documento", marcado=marcado, **propio)
        return CampoVista(
            tipo="escaneo",
            etiqueta="Archivo con la firma",
            ayuda="El documento escaneado o el acuse de la e.firma.",
            opcional=True,
            **propio,
        )


def _ancho(columna: Campo) -> int:
    return 2 if columna.tipo in _ANCHOS_PARES else _ANCHOS.get(columna.tipo, 1)


def _alto(largo: int) -> int:
    return 3 if largo <= 800 else (4 if largo <= 2000 else 6)


def _tipo_de_entrada(campo: Campo) -> str:
    if campo.formato == "time":
        return "time"
    tipos = {"fecha": "date", "fecha_hora": "datetime-local", "entero": "entero", "dinero": "dinero"}
    tipos |= {"parrafo": "parrafo", "correo": "email", "telefono": "tel"}
    return tipos.get(campo.tipo, "text")


def _como_texto(valor: Any) -> str:
    if isinstance(valor, bool):
        return "si" if valor else "no"
    return "" if valor is None or isinstance(valor, list | dict) else str(valor)


def _lista(valor: Any) -> list[Any]:
    if isinstance(valor, list | tuple):
        return list(valor)
    return [] if valor is None or valor == "" else [valor]


def _opciones(id_campo: str, elegibles: Sequence[tuple[Any, str]], valor: Any) -> tuple[OpcionVista, ...]:
    elegidas = {_como_texto(uno) for uno in _lista(valor)}
    return tuple(
        OpcionVista(_como_texto(clave), etiqueta, _como_texto(clave) in elegidas, f"{id_campo}-{lugar}")
        for lugar, (clave, etiqueta) in enumerate(elegibles, start=1)
    )
