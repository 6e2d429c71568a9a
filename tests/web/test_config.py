"""Settings: defaults of a demo, secrets in files, what production refuses."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from web.config import ConfiguracionInvalida, cargar

FUERTE = "n8Zq3-Vb7Lr0wXk5Tj2Yc9Hs4Pd6Gf1Am"
CIFRADO = Fernet.generate_key().decode()
PRODUCCION = {
    "MODO": "produccion",
    "SECRET_KEY": FUERTE,
    "CLAVES_CIFRADO": CIFRADO,
    "DATABASE_URL": "postgresql://bd/denuncias",
    "URL_BASE": "https://denuncias.example",
}


def test_sin_nada_es_una_demostracion(tmp_path: Path) -> None:
    a = cargar({}, var=tmp_path)
    assert (a.modo, a.puerto, a.zona_horaria) == ("demo", 8000, "America/Mexico_City")
    assert a.database_url == f"sqlite:///{tmp_path / 'denuncias.sqlite'}"
    assert a.url_base == "http://127.0.0.1:8000"
    assert not a.es_https


def test_las_claves_de_la_demostracion_se_conservan_y_sólo_las_lee_su_dueno(tmp_path: Path) -> None:
    uno, otro = cargar({}, var=tmp_path), cargar({}, var=tmp_path)
    assert uno.secret_key == otro.secret_key
    assert uno.claves_cifrado == otro.claves_cifrado
    assert stat.S_IMODE((tmp_path / "claves_demo.json").stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["claves_demo.json"]


def test_produccion_completa(tmp_path: Path) -> None:
    a = cargar({**PRODUCCION, "CLAVES_CIFRADO": f"{CIFRADO}, {Fernet.generate_key().decode()}"}, var=tmp_path)
    assert a.es_https
    assert not a.es_demo
    assert len(a.claves_cifrado) == 2
    assert list(tmp_path.iterdir()) == [], "production writes no key"


@pytest.mark.parametrize(
    ("cambio", "nombra"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "corta"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY"),
        ({"CLAVES_CIFRADO": ""}, "CLAVES_CIFRADO"),
        ({"CLAVES_CIFRADO": "no-es-una-clave"}, "CLAVES_CIFRADO"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"DATABASE_URL": "sqlite:///x.sqlite", "WEB_CONCURRENCY": "2"}, "SQLite"),
    ],
)
def test_lo_que_produccion_rechaza(cambio: dict[str, str], nombra: str, tmp_path: Path) -> None:
    with pytest.raises(ConfiguracionInvalida, match=nombra):
        cargar({**PRODUCCION, **cambio}, var=tmp_path)


def test_produccion_admite_sqlite_con_un_proceso(tmp_path: Path) -> None:
    assert cargar({**PRODUCCION, "DATABASE_URL": "sqlite:///x.sqlite"}, var=tmp_path).procesos_web == 1


@pytest.mark.parametrize(
    ("ambiente", "nombra"),
    [
        ({"MODO": "pruebas"}, "MODO"),
        ({"PORT": "ochenta"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"PORT": "²"}, "PORT"),
        ({"ZONA_HORARIA": "Marte/Olimpo"}, "ZONA_HORARIA"),
        ({"ZONA_HORARIA": "../../etc/passwd"}, "ZONA_HORARIA"),
        ({"URL_BASE": "denuncias.example"}, "URL_BASE"),
        ({"LIMITES": "quizá"}, "LIMITES"),
        ({"DATABASE_URL": "basura"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://a:b@c/d"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://a:b@c:puerto/d"}, "DATABASE_URL"),
        ({"SECRET_KEY_FILE": "no/existe"}, "SECRET_KEY_FILE"),
    ],
)
def test_valores_que_no_valen(ambiente: dict[str, str], nombra: str, tmp_path: Path) -> None:
    with pytest.raises(ConfiguracionInvalida, match=nombra):
        cargar(ambiente, var=tmp_path)


@pytest.mark.parametrize(
    "nombre", ["DATABASE_URL", "SECRET_KEY", "CLAVES_CIFRADO", "SMTP_URL", "METRICAS_TOKEN"]
)
def test_cada_secreto_puede_venir_de_un_archivo(nombre: str, tmp_path: Path) -> None:
    valores = {"CLAVES_CIFRADO": CIFRADO, "DATABASE_URL": "postgresql://base.example/denuncias"}
    valor = valores.get(nombre, "smtp://correo.example")
    archivo = tmp_path / "secreto"
    archivo.write_text(valor + "\n", encoding="utf-8")
    a = cargar({f"{nombre}_FILE": str(archivo)}, var=tmp_path)
    leido = getattr(a, nombre.lower())
    assert leido == ((valor,) if nombre == "CLAVES_CIFRADO" else valor)


def test_un_secreto_no_puede_venir_de_dos_lados(tmp_path: Path) -> None:
    with pytest.raises(ConfiguracionInvalida, match="no los dos"):
        cargar({"SECRET_KEY": FUERTE, "SECRET_KEY_FILE": "x"}, var=tmp_path)


def test_el_ejemplo_nombra_cada_variable() -> None:
    raiz = Path(__file__).resolve().parent.parent.parent
    ejemplo = (raiz / ".env.example").read_text(encoding="utf-8")
    nombres = {x.split("=")[0] for x in ejemplo.splitlines() if "=" in x and not x.startswith("#")}
    fuente = (raiz / "web" / "config.py").read_text(encoding="utf-8")
    for nombre in nombres:
        assert f'"{nombre}"' in fuente, nombre
    assert nombres >= {"DATABASE_URL", "SECRET_KEY", "CLAVES_CIFRADO", "MODO", "PORT", "URL_BASE", "SMTP_URL"}
