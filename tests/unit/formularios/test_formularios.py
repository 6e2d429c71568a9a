"""The forms of the first four processes: each keeps the house schema and asks what `procesos` says."""

from __future__ import annotations

import copy
import json

import pytest

from workflow.errors import DatoInvalido, NoEncontrado
from workflow.formularios import cargar, desde_json, problemas, todos
from workflow.formularios.carga import RAIZ

ESPERADOS = {
    "denuncia": """asignar_denuncia calificar_denuncia turnar_denuncia analizar_denuncia revisar_dictamen
        revisar_propuesta resolver_rechazo gestionar_restitucion restituir_derechos ratificar_desistimiento
        atender_represalia responder_denunciante""",
    "programacion": "completar_ficha validar_propuesta completar_informacion designar_auditor",
    "sesion_comite": "preparar_sesion pasar_lista abrir_asunto revisar_acta firmar_acta firma_esencial",
    "votacion_asunto": "fijar_mocion emitir_voto fijar_asistencia formular_acuerdo confirmar_acuerdo",
}
CLAVES = sorted((proceso, nombre) for proceso, nombres in ESPERADOS.items() for nombre in nombres.split())


def test_estan_todos():
    assert set(CLAVES) <= todos()


@pytest.mark.parametrize(("proceso", "nombre"), sorted(todos()))
def test_cumple_el_esquema_de_la_casa(proceso, nombre):
    datos = json.loads((RAIZ / proceso / "formularios" / f"{nombre}.json").read_text(encoding="utf-8"))
    assert problemas(datos, nombre) == []


@pytest.mark.parametrize(("proceso", "nombre"), sorted(todos()))
def test_vacio_da_una_frase_por_cada_campo_que_falta(proceso, nombre):
    formulario = cargar(proceso, nombre)
    esperados = {campo.nombre for campo in formulario.campos if campo.obligatorio}
    esperados |= {grupo[0] for grupo in formulario.alternativas}
    errores = formulario.validar({}).errores
    if nombre == "emitir_voto":
        esperados = {"voto"}
    assert set(errores) == esperados
    assert len(set(errores.values())) == len(errores)


OBLIGATORIOS = {
    "asignar_denuncia": "analista prioridad sin_conflicto",
    "calificar_denuncia": "calificacion motivos",
    "turnar_denuncia": "autoridad oficio consentimiento",
    "analizar_denuncia": """hechos cruces hallazgo_cruces norma_incumplida presuncion trabajadores_afectados
        riesgo_identificacion resumen_sin_identidad""",
    "ratificar_desistimiento": "medio entrevista_reservada hubo_presion desistimiento_valido",
    "restituir_derechos": "movimientos semanas_reconocidas evidencia completa",
    # The rest is asked only of a ficha that goes on: see test_una_ficha_retirada_no_pide_lo_demas.
    "completar_ficha": "ficha",
    "designar_auditor": "auditores jefe_grupo fecha_tentativa sin_conflicto",
    "preparar_sesion": "comite tipo fecha_hora lugar_o_enlace asuntos",
    "pasar_lista": "asistencia preside",
    "fijar_mocion": "mocion propone",
    "formular_acuerdo": "texto responsable fecha_compromiso",
}


@pytest.mark.parametrize(("proceso", "nombre"), [clave for clave in CLAVES if clave[1] in OBLIGATORIOS])
def test_obligatorios_como_la_especificacion(proceso, nombre):
    campos = {campo.nombre for campo in cargar(proceso, nombre).campos if campo.obligatorio}
    assert campos == set(OBLIGATORIOS[nombre].split())


def test_una_ficha_retirada_no_pide_lo_demas():
    completa = "acto ejercicios contribuciones universo registros trabajadores razones"
    ficha = cargar("programacion", "completar_ficha")
    assert set(ficha.validar({"ficha": "completa"}).errores) == set(completa.split())
    assert set(ficha.validar({"ficha": "retirada"}).errores) == {"motivo"}


AYUDAS = [
    ("denuncia", "asignar_denuncia", "sin_conflicto", "El analista no tiene relación con las partes"),
    ("denuncia", "calificar_denuncia", "datos_patron_confirmados", "Elige del padrón"),
    ("denuncia", "calificar_denuncia", "faltantes", "Qué le pedimos"),
    ("denuncia", "calificar_denuncia", "mensaje", "En palabras sencillas"),
    ("denuncia", "turnar_denuncia", "datos_compartidos", "Sólo con su permiso"),
    ("denuncia", "analizar_denuncia", "resumen_sin_identidad", "Lo leerán el comité y el auditor"),
    ("denuncia", "responder_denunciante", "texto_adicional", "Sin datos del patrón"),
    ("programacion", "completar_ficha", "ejercicios", "Meses que se revisarán"),
    ("programacion", "completar_ficha", "universo", "Más amplio protege a quien denuncia"),
    ("sesion_comite", "preparar_sesion", "asuntos", "Sólo elegibles"),
]


@pytest.mark.parametrize(("proceso", "nombre", "campo", "ayuda"), AYUDAS)
def test_ayudas_como_la_especificacion(proceso, nombre, campo, ayuda):
    assert cargar(proceso, nombre).campo(campo).ayuda.startswith(ayuda)


def test_un_diagrama_llamado_usa_la_carpeta_de_su_proceso():
    assert cargar("denuncia_tramite", "calificar_denuncia").proceso == "denuncia"
    assert cargar("denuncia", "calificar_denuncia") is cargar("denuncia", "calificar_denuncia")


@pytest.mark.parametrize(
    ("proceso", "nombre"),
    [("denuncia", "no_existe"), ("nada", "emitir_voto"), ("..", "x"), ("denuncia", "../x")],
)
def test_lo_que_no_existe_se_dice(proceso, nombre):
    with pytest.raises(NoEncontrado):
        cargar(proceso, nombre)


BUENO = {
    "$id": "f",
    "title": "F",
    "type": "object",
    "x-boton": "Guardar",
    "x-secciones": [{"titulo": "S", "campos": ["a", "b", "c"]}],
    "properties": {
        "a": {"title": "A", "type": "string", "x-tipo": "opcion", "enum": ["x"], "x-etiquetas": {"x": "X"}},
        "b": {"title": "B", "type": "string", "x-tipo": "texto", "maxLength": 9, "x-si": {"a": ["x"]}},
        "c": {
            "title": "C",
            "type": "array",
            "x-tipo": "lista",
            "maxItems": 3,
            "items": {
                "type": "object",
                "properties": {"d": {"title": "D", "type": "integer", "x-tipo": "entero"}},
            },
        },
    },
    "required": ["a"],
}


def _con(ruta, valor):
    """BUENO with the value of a path changed (or removed, if None)."""
    datos = copy.deepcopy(BUENO)
    *camino, ultimo = ruta.split("/")
    lugar = datos
    for paso in camino:
        lugar = lugar[paso]
    if valor is None:
        del lugar[ultimo]
    else:
        lugar[ultimo] = valor
    return datos


ROTOS = [
    ("$id", "g", "«$id» debe ser «f»"),
    ("type", "array", "«type» debe ser «object»"),
    ("title", " ", "Falta «title»"),
    ("x-boton", None, "Falta «x-boton»"),
    ("extra", 1, "Sobra «extra»"),
    ("properties", {}, "Falta al menos un campo"),
    ("required", ["z"], "«required» nombra «z»"),
    ("x-secciones", [{"titulo": "S", "campos": ["a"]}], "exactamente una vez"),
    ("x-secciones", [{"titulo": "", "campos": ["a", "b", "c"]}], "lleva su «titulo»"),
    ("x-secciones", 5, "No tiene la forma esperada"),
    ("x-alternativas", [["a", "z"]], "«x-alternativas» nombra"),
    ("properties/a/x-tipo", "magia", "«x-tipo» que no existe"),
    ("properties/a/x-tipo", ["opcion"], "«x-tipo» que no existe"),
    ("properties/a/type", "integer", "«type» debe ser «string»"),
    ("properties/a/title", None, "falta «title»"),
    ("properties/a/enum", ["x", "x"], "opciones distintas"),
    ("properties/a/x-etiquetas", {}, "el texto de cada opción"),
    ("properties/a/raro", 1, "sobra «raro»"),
    ("properties/b/maxLength", None, "falta «maxLength»"),
    ("properties/b/format", "date", "«format» no es"),
    ("properties/b/default", "x", "llevan «default»"),
    ("properties/b/x-si", {"c": ["x"]}, "no es un campo anterior"),
    ("properties/b/x-si", {"a": ["z"]}, "valores que «a» no puede tener"),
    ("properties/b/x-si", {"a": []}, "una lista de valores"),
    ("properties/a/x-obligatorio-si", {"tarea.x": [True]}, "no puede ser obligatorio siempre"),
    ("properties/c/maxItems", None, "falta «maxItems»"),
    ("properties/c/items", {"type": "object", "properties": {}}, "al menos una columna"),
    ("properties/c/items/properties/d", BUENO["properties"]["c"], "no va dentro de otra"),
    (
        "properties/c/items/properties/D",
        {"title": "D", "type": "integer", "x-tipo": "ref"},
        "no es un nombre",
    ),
    ("properties/c/items/properties/d", {"title": "D", "type": "integer", "x-tipo": "ref"}, "falta «x-ref»"),
]


def test_el_bueno_es_bueno():
    assert problemas(BUENO, "f") == []


@pytest.mark.parametrize(("ruta", "valor", "frase"), ROTOS)
def test_lo_roto_se_dice(ruta, valor, frase):
    males = problemas(_con(ruta, valor), "f")
    assert any(frase in mal for mal in males), males
    with pytest.raises(DatoInvalido, match="Corrige el formulario"):
        desde_json("p", "f", _con(ruta, valor))


def test_no_es_objeto_ni_exclusiva_conocida():
    assert problemas([], "f") == ["Debe ser un objeto JSON."]
    multi = {
        "title": "A",
        "type": "array",
        "x-tipo": "multi",
        "items": {"enum": ["x"]},
        "x-etiquetas": {"x": "X"},
        "x-exclusivas": ["z"],
    }
    assert any("«x-exclusivas»" in mal for mal in problemas(_con("properties/a", multi), "f"))
