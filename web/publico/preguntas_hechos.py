"""Questions of the public form: what happened."""

from __future__ import annotations

import datetime as dt

from web.publico.pregunta import Campo, Errores, Pregunta, Respuestas


def _ya_salio(r: Respuestas) -> bool:
    return r.get("sigue_trabajando") in ("no", "mas5")


def _revisa_fechas(r: Respuestas, hoy: dt.date) -> Errores:
    errores: Errores = {}
    for campo in ("fecha_inicio", "fecha_fin", "fecha_registrada"):
        if campo in r and dt.date.fromisoformat(r[campo]) > hoy:
            errores[campo] = "Esa fecha todavía no llega. Escribe una fecha de hoy o anterior."
    if not errores and "fecha_fin" in r and "fecha_inicio" in r and r["fecha_fin"] < r["fecha_inicio"]:
        errores["fecha_fin"] = "La fecha en que saliste no puede ser anterior a la fecha en que entraste."
    return errores


def _revisa_relato(r: Respuestas, _: dt.date) -> Errores:
    if "otro" in r.get("motivos", ()) and not r.get("relato"):
        return {"relato": "Cuéntanos qué pasó: elegiste «Otra cosa» y necesitamos saber cuál."}
    return {}


def _revisa_salario(r: Respuestas, _: dt.date) -> Errores:
    if "salario_monto" not in r and r.get("salario_periodo") != "no_se":
        return {"salario_monto": "Escribe cuánto te pagan o elige «No lo sé»."}
    return {}


HECHOS = (
    Pregunta(
        "motivos",
        0,
        "¿Qué hizo tu patrón?",
        (
            Campo(
                "motivos",
                "multi",
                "¿Qué hizo tu patrón?",
                opciones=(
                    (
                        "sin_inscripcion",
                        "No me registró",
                        "Trabajo o trabajé ahí y no aparezco en el IMSS.",
                    ),
                    (
                        "salario_menor",
                        "Me registró con menos sueldo",
                        "Gano más de lo que le dice al IMSS.",
                    ),
                    (
                        "fecha_posterior",
                        "Me registró con otra fecha",
                        "Entré antes de la fecha que aparece.",
                    ),
                    (
                        "negativa_baja",
                        "No me da de baja",
                        "Ya no trabajo ahí y sigo registrado.",
                    ),
                    ("otro", "Otra cosa", "Te pediremos que la cuentes."),
                ),
                falta="Elige al menos una opción. Si ninguna es tu caso, elige «Otra cosa».",
                resumen="Motivo",
                oculta=True,
            ),
        ),
        entrada="Puedes elegir más de una.",
    ),
    Pregunta(
        "fechas",
        0,
        "¿Cuándo trabajaste ahí?",
        (
            Campo(
                "fecha_inicio",
                "fecha",
                "Fecha en que entraste",
                ayuda="Por ejemplo, 12 2 2024. Si no recuerdas el día, pon 1.",
                falta="Escribe la fecha en que entraste. Si no la recuerdas, pon una cercana.",
                resumen="Entré",
            ),
            Campo(
                "fecha_fin",
                "fecha",
                "Fecha en que saliste",
                falta="Escribe la fecha en que saliste. Si no la recuerdas, pon una cercana.",
                resumen="Salí",
                si=_ya_salio,
            ),
            Campo(
                "fecha_registrada",
                "fecha",
                "Fecha que aparece en el IMSS",
                ayuda="Está en tu constancia de semanas cotizadas.",
                resumen="Fecha que aparece en el IMSS",
                si=lambda r: "fecha_posterior" in r.get("motivos", ()),
            ),
            Campo(
                "fecha_aproximada",
                "multi",
                "¿Estás segura o seguro de las fechas?",
                opciones=(("si", "No recuerdo las fechas exactas"),),
                resumen="Fechas",
                oculta=True,
            ),
        ),
        revisa=_revisa_fechas,
    ),
    Pregunta(
        "relato",
        0,
        "Cuéntanos qué pasó",
        (
            Campo(
                "relato",
                "parrafo",
                "Qué pasó",
                ayuda="No pongas aquí tu nombre ni tu domicilio: te los pedimos aparte y se guardan aparte.",
                maximo=4000,
                resumen="Lo que cuentas",
            ),
        ),
        entrada="Con tus palabras: qué te dijeron, desde cuándo, quién te paga y cómo te diste cuenta.",
        revisa=_revisa_relato,
    ),
    Pregunta(
        "salario",
        0,
        "¿Cuánto te pagan en realidad?",
        (
            Campo(
                "salario_monto",
                "dinero",
                "Cantidad que recibes",
                ayuda="Si cambia, pon lo que recibes casi siempre.",
                resumen="Lo que me pagan",
                sin_marca=True,
            ),
            Campo(
                "salario_periodo",
                "opcion",
                "¿Cada cuánto te pagan?",
                opciones=(
                    ("semana", "Cada semana"),
                    ("quincena", "Cada quincena"),
                    ("mes", "Cada mes"),
                    ("dia", "Por día"),
                    ("no_se", "No lo sé"),
                ),
                falta="Elige cada cuánto te pagan. Si no lo sabes, elige «No lo sé».",
                resumen="Cada cuánto",
                columnas=2,
            ),
            Campo(
                "forma_pago",
                "opcion",
                "¿Cómo te pagan?",
                opciones=(
                    ("efectivo", "En efectivo"),
                    ("deposito", "Con depósito"),
                    ("mixto", "Una parte en efectivo y otra con depósito"),
                    ("otra", "De otra forma"),
                ),
                resumen="Cómo me pagan",
                columnas=2,
            ),
            Campo(
                "salario_registrado",
                "dinero",
                "Salario diario que reporta tu patrón, si lo sabes",
                resumen="Lo que reporta mi patrón",
            ),
        ),
        entrada="Suma todo lo que recibes, aunque una parte sea en efectivo o por fuera.",
        desplegable=(
            "¿Dónde veo lo que mi patrón le reporta al IMSS?",
            (
                "En tu recibo de nómina búscalo como «SBC» o «salario base de cotización». "
                "También está en tu constancia de semanas cotizadas."
            ),
        ),
        revisa=_revisa_salario,
    ),
    Pregunta(
        "puesto",
        0,
        "¿Qué trabajo haces?",
        (
            Campo(
                "puesto",
                "texto",
                "Puesto o actividad",
                ayuda="Por ejemplo: costurera, chofer, cajero.",
            ),
            Campo(
                "horario",
                "texto",
                "Horario",
                ayuda="Por ejemplo: de lunes a sábado de 8 a 6.",
            ),
        ),
    ),
)
