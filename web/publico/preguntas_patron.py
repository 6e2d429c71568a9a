"""Questions of the public form: who and where the employer is."""

from __future__ import annotations

import datetime as dt

from web.publico.pregunta import (
    Campo,
    Condicion,
    Errores,
    Opciones,
    Pregunta,
    Respuestas,
)
from workflow.rules.identificadores import ENTIDADES

SI_NO_SE: Opciones = (("si", "Sí"), ("no", "No"), ("no_se", "No lo sé"))


def _tiene(dato: str) -> Condicion:
    return lambda r: dato in r.get("datos_patron", ())


def _revisa_patron(r: Respuestas, _: dt.date) -> Errores:
    pedidos = {
        "registro": "registro_patronal",
        "rfc": "rfc_patron",
        "nombre": "nombre_patron",
    }
    campos = [pedidos[d] for d in r.get("datos_patron", ()) if d in pedidos]
    if campos and not any(r.get(c) for c in campos):
        return {
            campos[
                0
            ]: "Escribe al menos uno de estos datos. Si no los tienes, regresa y elige «Sólo el lugar»."
        }
    return {}


def _revisa_lugar(r: Respuestas, _: dt.date) -> Errores:
    sin_nombre = not any(r.get(c) for c in ("registro_patronal", "rfc_patron", "nombre_patron"))
    if sin_nombre and not any(r.get(c) for c in ("domicilio", "referencias")):
        return {"domicilio": "Escribe la calle y el número, o referencias para llegar: así lo encontramos."}
    return {}


PATRON = (
    Pregunta(
        "patron-datos",
        1,
        "¿Qué datos tienes de tu patrón?",
        (
            Campo(
                "datos_patron",
                "multi",
                "¿Qué datos tienes de tu patrón?",
                opciones=(
                    (
                        "nombre",
                        "El nombre",
                        "De la empresa, del negocio o de la persona.",
                    ),
                    (
                        "registro",
                        "El registro patronal",
                        "Está en tu recibo de nómina. Tiene 10 u 11 caracteres.",
                    ),
                    ("rfc", "El RFC", "Está en tu recibo de nómina o en una factura."),
                    ("lugar", "Sólo el lugar", "Sé dónde está, pero no cómo se llama."),
                ),
                falta="Elige qué datos tienes. Si sólo sabes dónde está, elige «Sólo el lugar».",
                resumen="Datos que tengo",
                oculta=True,
            ),
        ),
        entrada="Elige todos los que tengas. Con uno basta.",
    ),
    Pregunta(
        "patron",
        1,
        "¿Quién es tu patrón?",
        (
            Campo(
                "nombre_patron",
                "texto",
                "Nombre",
                maximo=200,
                resumen="Nombre",
                si=_tiene("nombre"),
            ),
            Campo(
                "registro_patronal",
                "rp",
                "Registro patronal",
                ayuda="Por ejemplo, Y12 34567 10 1. Puedes escribirlo con espacios o guiones.",
                sin_marca=True,
                si=_tiene("registro"),
            ),
            Campo(
                "rfc_patron",
                "rfc",
                "RFC",
                ayuda="Tiene 12 caracteres si es empresa y 13 si es persona.",
                sin_marca=True,
                si=_tiene("rfc"),
            ),
            Campo(
                "giro",
                "texto",
                "¿A qué se dedica?",
                ayuda="Por ejemplo: maquila de ropa, fonda, obra.",
            ),
        ),
        si=lambda r: any(d in r.get("datos_patron", ()) for d in ("registro", "rfc", "nombre")),
        revisa=_revisa_patron,
    ),
    Pregunta(
        "lugar",
        1,
        "¿Dónde trabajas o trabajabas?",
        (
            Campo("domicilio", "texto", "Calle y número", maximo=200, resumen="Domicilio"),
            Campo("colonia", "texto", "Colonia"),
            Campo("cp", "cp", "Código postal", ayuda="5 números."),
            Campo(
                "municipio",
                "texto",
                "Municipio o alcaldía",
                falta="Escribe el municipio o la alcaldía donde está tu trabajo.",
                resumen="Lugar de trabajo",
            ),
            Campo(
                "entidad",
                "seleccion",
                "Estado",
                opciones=tuple(ENTIDADES.items()),
                falta="Elige el estado donde está tu trabajo.",
            ),
            Campo(
                "referencias",
                "parrafo",
                "Referencias para llegar",
                ayuda="Por ejemplo: portón verde, frente a la gasolinera.",
                maximo=500,
            ),
        ),
        entrada="El lugar donde haces el trabajo, aunque la oficina esté en otra parte.",
        revisa=_revisa_lugar,
    ),
    Pregunta(
        "personas",
        1,
        "¿Cuántas personas trabajan ahí?",
        (
            Campo(
                "personas",
                "opcion",
                "Personas que trabajan ahí",
                opciones=(
                    ("1_5", "De 1 a 5"),
                    ("6_20", "De 6 a 20"),
                    ("21_50", "De 21 a 50"),
                    ("51_100", "De 51 a 100"),
                    ("mas_100", "Más de 100"),
                    ("no_se", "No lo sé"),
                ),
                columnas=2,
            ),
            Campo(
                "subcontratado",
                "opcion",
                "¿Te contrató una empresa y trabajas para otra?",
                opciones=SI_NO_SE,
                resumen="Subcontratación",
            ),
        ),
        entrada="Un cálculo aproximado nos sirve.",
    ),
)
