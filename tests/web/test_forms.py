"""Task forms on the page: every form is accessible, keeps what was typed and comes back as sent."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html
from werkzeug.datastructures import MultiDict

from web.forms import accion_de_filas, entradas_de_archivo, leer, vista
from workflow.formularios import cargar, desde_json, todos
from workflow.formularios.compuestos import PARTES

PLANTILLAS = Path(__file__).resolve().parents[2] / "web" / "templates"
CLAVES = sorted(todos())
TABLAS = {"patron", "subdelegacion", "denuncia", "propuesta", "comite", "asunto", "carga", "prueba"} | {
    tabla
    for ruta in PLANTILLAS.parents[1].glob("bpmn/*/formularios/*.json")
    for tabla in re.findall(r'"x-ref": "(\w+)"', ruta.read_text(encoding="utf-8"))
}
OPCIONES = {
    clave: [(n, f"{clave} {n}") for n in range(1, 6)] for clave in ("usuario", "asiento", "documento")
} | {f"ref:{tabla}": [(n, f"{tabla} {n}") for n in range(1, 6)] for tabla in TABLAS}


@pytest.fixture(scope="module", params=[False, True], ids=["suelto", "como_la_aplicacion"])
def entorno(request):
    ambiente = Environment(
        loader=FileSystemLoader(PLANTILLAS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=request.param,
        lstrip_blocks=request.param,
    )
    ambiente.globals["url_for_static"] = lambda nombre: f"/static/{nombre}"
    return ambiente


def pintar(entorno, formulario, datos=None, errores=None, contexto=None, opciones=OPCIONES):
    modelo = vista(formulario, datos or {}, errores or {}, opciones, contexto)
    plantilla = entorno.from_string(
        "{% from 'formularios/campos.html' import formulario %}"
        "{% call formulario(v, 'CSRF', 7, '/tarea/3') %}"
        "<button name='_accion' value='devolver'>Devolver</button>{% endcall %}"
    )
    texto = plantilla.render(v=modelo)
    return html.fromstring(f"<main>{texto}</main>"), texto, modelo


def ejemplo(campo):
    """A good value of each type, as a program would send it."""
    if campo.tipo == "lista":
        renglon = {columna.nombre: ejemplo(columna) for columna in campo.columnas}
        return [dict(renglon) for _ in range(max(1, campo.filas_minimo))]
    if campo.tipo in ("opcion", "multi"):
        primera = campo.opciones[0][0]
        return primera if campo.tipo == "opcion" else [primera]
    if campo.formato == "time":
        return "11:40"
    return {
        # Where few letters fit, the last: those that a page must escape.
        "texto": "Sala 2 <b>&\"'"[-(campo.largo or 99) :],
        "parrafo": "\nUno\n  dos </textarea><script>",
        "fecha": "2026-11-20",
        "fecha_hora": "2026-11-20T11:00:00",
        "dinero": "1234.50",
        "entero": 3,
        "si_no": True,
        "archivos": [2, 4],
        "ref": 2,
        "usuario": 3,
        "asiento": 4,
        "periodo": {"desde": "2025-01-01", "hasta": "2025-12-31"},
        "firma": {"medio": "efirma", "firmo": True, "documento_id": 5},
        "rp": "C6140772108",
        "nss": "12345678903",
        "domicilio": {
            "calle": "Hidalgo",
            "numero": "12",
            "colonia": "Centro",
            "cp": "37000",
            "municipio": "León",
            "estado": "Guanajuato",
        },
    }[campo.tipo]


def ejemplos(formulario):
    return {campo.nombre: ejemplo(campo) for campo in formulario.campos if not campo.lectura}


def enviar(arbol, **boton):
    """What a browser sends when the form is submitted as it is drawn."""
    pares = []
    for control in arbol.xpath("//form//*[self::input or self::select or self::textarea][@name]"):
        nombre = control.get("name")
        if control.tag == "select":
            elegida = control.xpath("./option[@selected]") or control.xpath("./option")[:1]
            pares.append((nombre, elegida[0].get("value")))
        elif control.tag == "textarea":
            # A browser drops the first line break after the tag.
            pares.append((nombre, re.sub(r"^\n", "", control.text or "")))
        elif control.get("type") in ("radio", "checkbox"):
            if control.get("checked") is not None:
                pares.append((nombre, control.get("value")))
        elif control.get("type") != "file":
            pares.append((nombre, control.get("value")))
    return MultiDict([*pares, *boton.items()])


def controles(arbol):
    return arbol.xpath("//input[not(@type='hidden')] | //select | //textarea")


@pytest.mark.parametrize(("proceso", "nombre"), CLAVES)
@pytest.mark.parametrize("lleno", [False, True], ids=["vacio", "lleno"])
def test_es_accesible_y_estricto(entorno, proceso, nombre, lleno):
    formulario = cargar(proceso, nombre)
    datos = ejemplos(formulario) if lleno else {}
    arbol, _, modelo = pintar(entorno, formulario, datos, {} if lleno else formulario.validar({}).errores)
    ids = arbol.xpath("//@id")
    assert len(ids) == len(set(ids))
    for control in controles(arbol):
        rotulos = arbol.xpath("//label[@for=$id]", id=control.get("id"))
        assert len(rotulos) == 1, control.get("name")
        assert rotulos[0].text_content().strip()
    for grupo in arbol.xpath("//fieldset"):
        assert grupo[0].tag == "legend"
        assert grupo[0].text_content().strip()
    for lista in arbol.xpath("//@aria-describedby | //@aria-labelledby"):
        assert set(lista.split()) <= set(ids)
    assert not arbol.xpath("//@style | //script | //@onclick")
    assert len(arbol.xpath("//button[contains(@class, 'govuk-button') and not(contains(@class, '--'))]")) == 1
    assert arbol.xpath("//input[@name='csrf_token']/@value") == ["CSRF"]
    assert arbol.xpath("//input[@name='version']/@value") == ["7"]
    tiene_archivos = bool(arbol.xpath("//input[@type='file']"))
    assert not tiene_archivos or arbol.xpath("//form/@enctype") == ["multipart/form-data"]
    mal = not lleno and bool(formulario.validar({}).errores)
    assert modelo.titulo_pagina == (f"Error: {formulario.titulo}" if mal else formulario.titulo)


@pytest.mark.parametrize(("proceso", "nombre"), CLAVES)
def test_guarda_lo_escrito_y_vuelve_igual(entorno, proceso, nombre):
    formulario = cargar(proceso, nombre)
    arbol, _, _ = pintar(entorno, formulario, ejemplos(formulario))
    leidos = leer(formulario, enviar(arbol))
    assert json.loads(json.dumps(leidos)) == leidos
    if formulario.alternativas:
        leidos.pop(formulario.alternativas[0][1])
    directos = formulario.validar({c: v for c, v in ejemplos(formulario).items() if c in leidos})
    juzgados = formulario.validar(leidos)
    assert juzgados.errores == directos.errores == {}
    assert juzgados.limpios == directos.limpios


@pytest.mark.parametrize(("proceso", "nombre"), CLAVES)
def test_cada_error_del_resumen_lleva_a_su_campo(entorno, proceso, nombre):
    formulario = cargar(proceso, nombre)
    malos = {campo.nombre: _malo(campo) for campo in formulario.campos if not campo.lectura}
    errores = formulario.validar(malos).errores
    arbol, _, modelo = pintar(entorno, formulario, malos, errores)
    enlaces = arbol.xpath("//div[contains(@class,'govuk-error-summary')]//a")
    assert [enlace.text for enlace in enlaces] == [frase for _, frase in modelo.errores]
    assert {enlace.text for enlace in enlaces} == set(errores.values())
    for enlace in enlaces:
        destino = arbol.get_element_by_id(enlace.get("href")[1:])
        assert destino.tag in ("input", "select", "textarea", "button", "form"), enlace.text
        assert destino.tag != "form", f"{enlace.text} no llega a su campo"
    pintados = [
        p.text_content().replace("Error:", "").strip()
        for p in arbol.xpath("//p[@class='govuk-error-message']")
    ]
    assert sorted(pintados) == sorted(errores.values())


def _malo(campo):
    if campo.tipo == "lista":
        return [{columna.nombre: _malo(columna) for columna in campo.columnas}]
    if campo.tipo == "periodo":
        return {"desde": "2025-02-31", "hasta": ""}
    return {"medio": "huella"} if campo.tipo == "firma" else "§ malo"


def test_lo_escrito_mal_se_queda_en_la_pagina(entorno):
    formulario = cargar("denuncia", "analizar_denuncia")
    datos = {
        "hechos": [{"salario_real": "mucho", "periodo": {"desde": "2026-02-31"}}],
        "trabajadores_afectados": "12x",
    }
    arbol, _, _ = pintar(entorno, formulario, datos, formulario.validar(datos).errores)
    assert arbol.get_element_by_id("f-hechos-0-salario_real").get("value") == "mucho"
    assert arbol.get_element_by_id("f-hechos-0-periodo-desde").get("value") == "2026-02-31"
    afectados = arbol.get_element_by_id("f-trabajadores_afectados")
    assert afectados.get("value") == "12x"
    assert afectados.get("aria-invalid") == "true"
    assert "f-trabajadores_afectados-error" in afectados.get("aria-describedby")


def test_lo_condicional_se_ve_siempre_en_su_grupo(entorno):
    arbol, _, _ = pintar(entorno, cargar("denuncia", "calificar_denuncia"))
    leyendas = [leyenda.text for leyenda in arbol.xpath("//fieldset[contains(@class,'solo-si')]/legend")]
    assert leyendas == [
        "Sólo si en «¿Qué procede?» no eliges «Se admite»",
        "Sólo si en «¿Qué procede?» eliges «Falta información»",
        "Sólo si en «¿Qué procede?» eliges «Toca a otra subdelegación»",
        "Sólo si en «¿Qué procede?» eliges «Toca a otra autoridad»",
        "Sólo si en «¿Qué procede?» eliges «Ya hay otra igual»",
    ]
    grupo = arbol.xpath("(//fieldset[contains(@class,'solo-si')])[2]")[0]
    assert {c.get("name") for c in grupo.xpath(".//input | .//textarea")} == {"faltantes", "mensaje"}
    arbol, _, _ = pintar(entorno, cargar("denuncia", "revisar_dictamen"))
    assert "Sólo si contestas «No» en «¿Das el visto bueno al dictamen?»" in arbol.text_content()
    arbol, _, _ = pintar(entorno, cargar("votacion_asunto", "emitir_voto"))
    assert "Sólo si no marcas «Me excuso de votar este asunto»" in arbol.text_content()


def test_lo_que_la_tarea_descarta_no_se_muestra(entorno):
    formulario = cargar("votacion_asunto", "formular_acuerdo")
    arbol, _, _ = pintar(entorno, formulario, contexto={"resultado_asunto": "rechazada"})
    assert arbol.xpath("//*[@name='motivo']")
    assert not arbol.xpath("//*[starts-with(@name, 'ejercicios')]")
    arbol, _, _ = pintar(entorno, formulario)
    assert arbol.xpath("//*[@name='motivo']")
    assert arbol.xpath("//*[@name='ejercicios-0-periodo-desde']")


def test_agregar_y_quitar_renglones_sin_javascript(entorno):
    formulario = cargar("denuncia", "gestionar_restitucion")
    fila = {"area": "Afiliación", "fecha": "2026-11-01", "respuesta": "Sí"}
    arbol, _, _ = pintar(entorno, formulario, {"gestiones": [fila]})
    mas = leer(formulario, enviar(arbol, _agregar="gestiones"))
    assert mas == {"gestiones": [fila, {}]}
    arbol, _, _ = pintar(entorno, formulario, mas)
    assert arbol.xpath("//input[@name='gestiones-filas']/@value") == ["2"]
    assert arbol.xpath("//button[@name='_quitar']/@value") == ["gestiones-0", "gestiones-1"]
    menos = leer(formulario, enviar(arbol, _quitar="gestiones-0"))
    assert [renglon["area"] for renglon in menos["gestiones"]] == [""]
    assert leer(formulario, MultiDict({"_quitar": "gestiones-9", "gestiones-filas": "1"})) == {
        "gestiones": [{}]
    }
    assert accion_de_filas(MultiDict({"_agregar": "gestiones"}))
    assert accion_de_filas(MultiDict({"_quitar": "gestiones-0"}))
    assert not accion_de_filas(MultiDict({"_accion": "completar"}))


def test_los_renglones_tienen_tope(entorno):
    formulario = cargar("programacion", "designar_auditor")
    muchos = MultiDict({"auditores-filas": "9999", "_agregar": "auditores"})
    assert len(leer(formulario, muchos)["auditores"]) == 20
    sin_cuenta = MultiDict({"auditores-9998-usuario": "1"})
    assert len(leer(formulario, sin_cuenta)["auditores"]) == 20
    arbol, _, _ = pintar(entorno, formulario, {"auditores": [{}] * 20})
    assert not arbol.xpath("//button[@name='_agregar']")


def test_archivos_guardados_y_nuevos(entorno):
    formulario = cargar("denuncia", "restituir_derechos")
    arbol, _, _ = pintar(entorno, formulario, {"evidencia": ["2"]})
    assert "Conservar documento 2" in arbol.text_content()
    nombres = ["evidencia-archivo", "otro-archivo", "../../x"]
    assert entradas_de_archivo(formulario, nombres) == ["evidencia-archivo"]
    datos = leer(formulario, enviar(arbol), {"evidencia-archivo": [8]})
    assert datos["evidencia"] == ["2", 8]
    sesion = cargar("sesion_comite", "preparar_sesion")
    assert entradas_de_archivo(sesion, ["suplencias-1-oficio-archivo", "suplencias-999-oficio-archivo"]) == [
        "suplencias-1-oficio-archivo"
    ]
    firma = cargar("denuncia", "turnar_denuncia")
    envio = MultiDict({"oficio-medio": "autografa", "oficio-firmo": "si", "oficio-documento_id": "1"})
    assert leer(firma, envio, {"oficio-archivo": [5]})["oficio"]["documento_id"] == 5


def test_lo_de_lectura_se_muestra_y_no_se_envia(entorno):
    formulario = cargar("denuncia", "analizar_denuncia")
    arbol, texto, _ = pintar(entorno, formulario, {"monto_presuntivo": "1284310.42"})
    assert "$1,284,310.42" in texto
    assert not arbol.xpath("//*[@name='monto_presuntivo']")
    _, texto, _ = pintar(entorno, formulario)
    assert "Sin cálculo todavía" in texto
    assert leer(formulario, MultiDict({"monto_presuntivo": "1", "csrf_token": "x"})).keys() == {
        "hechos",
        "pruebas_valoradas",
    }
    _, texto, _ = pintar(entorno, cargar("denuncia", "responder_denunciante"), {"semanas": "sin dato"})
    assert "sin dato" in texto


def test_las_opciones_se_buscan_de_lo_particular_a_lo_general(entorno):
    formulario = cargar("denuncia", "analizar_denuncia")
    datos = {"pruebas_valoradas": [{}]}
    por_ruta = {**OPCIONES, "pruebas_valoradas.prueba": [(9, "recibos_oct.jpg")]}
    arbol, _, _ = pintar(entorno, formulario, datos, opciones=por_ruta)
    assert arbol.xpath("//select[@name='pruebas_valoradas-0-prueba']/option/@value") == ["", "9"]
    arbol, _, _ = pintar(entorno, formulario, datos, opciones={})
    assert arbol.xpath("//select[@name='pruebas_valoradas-0-prueba']/option/@value") == [""]


def test_un_error_que_no_es_de_un_campo_lleva_al_formulario(entorno):
    formulario = cargar("denuncia", "revisar_dictamen")
    _, _, modelo = pintar(entorno, formulario, {}, {"ajeno": "Este formulario no pide «ajeno»."})
    assert modelo.errores == (("formulario", "Este formulario no pide «ajeno»."),)


def test_el_primer_boton_es_el_de_completar(entorno):
    """Enter in a text field presses the first button: it must never be one that removes a row."""
    arbol, _, _ = pintar(entorno, cargar("sesion_comite", "pasar_lista"))
    primero = arbol.xpath("//form//button")[0]
    assert (primero.get("name"), primero.get("value")) == ("_accion", "completar")
    assert arbol.xpath("//button[@value='devolver']")


def test_domicilio_y_escritos(entorno):
    tipos = ["domicilio", "correo", "telefono", "curp", "nss", "rfc"]
    formulario = desde_json(
        "prueba",
        "todo",
        {
            "$id": "todo",
            "title": "Todo",
            "type": "object",
            "x-boton": "Guardar",
            "x-secciones": [{"titulo": "Todo", "campos": tipos}],
            "properties": {
                tipo: {"title": tipo, "type": "object" if tipo == "domicilio" else "string", "x-tipo": tipo}
                for tipo in tipos
            },
        },
    )
    datos = {"domicilio": {"calle": "Juárez", "cp": "37000"}, "correo": "a@b.mx"}
    arbol, _, _ = pintar(entorno, formulario, datos, formulario.validar(datos).errores)
    assert [c.get("name") for c in controles(arbol)][: len(PARTES["domicilio"])] == [
        f"domicilio-{parte}" for parte in PARTES["domicilio"]
    ]
    assert arbol.get_element_by_id("f-correo").get("type") == "email"
    assert arbol.get_element_by_id("f-telefono").get("type") == "tel"
    assert arbol.xpath("//a[@href='#f-domicilio-municipio']")
    assert leer(formulario, enviar(arbol))["domicilio"]["calle"] == "Juárez"
