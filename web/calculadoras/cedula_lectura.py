"""The form of the cédula: a row per person, nobody named, and what is asked about all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from web.calculadoras.lectura import Lectura
from web.filters import fecha as en_letra
from workflow.params.cuotas import CLASES
from workflow.params.multas import infracciones
from workflow.params.salario_minimo import ZONAS
from workflow.rules.cedula import Periodo, Persona, Sancion

# What one page can show; not rules.
PERSONAS_MAXIMO = 25
MESES_MAXIMO = 60
FILAS_INICIALES = 2
COLUMNAS = ("desde", "hasta", "real", "registrado")
LISTA = "persona"


@dataclass(frozen=True)
class Formulario:
    """What was typed: `filas` to be shown again, and what the rule needs of it."""

    filas: list[dict[str, str]]
    personas: tuple[Persona, ...]
    fecha: dt.date
    clase_riesgo: str | None
    prima: Decimal | None
    zona: str
    sanciones: tuple[Sancion, ...]
    avisos: tuple[str, ...]
    parametros: dict[str, str]

    @property
    def cabe_otra(self) -> bool:
        """True while one more person fits on the page."""
        return len(self.filas) < PERSONAS_MAXIMO


def leer(leido: Lectura, hoy: dt.date) -> Formulario:
    """Everything that was typed; what cannot be used is complained of in `leido`."""
    filas = _filas(leido)
    escritas = [n for n, fila in enumerate(filas) if any(valor.strip() for valor in fila.values())]
    hasta_cuando = leido.fecha("fecha", "") or hoy
    personas: list[Persona] = []
    parametros: dict[str, str] = {}
    for n in escritas:
        periodo = _periodo(leido, n, hasta_cuando)
        if periodo is not None:
            numero = len(personas)
            personas.append(Persona(f"Persona {numero + 1}", (periodo,)))
            parametros |= _de_periodo(numero, periodo)
    if not escritas and leido.pide:
        leido.errores[f"{LISTA}-0-desde"] = "Escribe al menos los datos de una persona."
    prima = leido.porcentaje("prima")
    clase = None if prima else leido.opcion("clase_riesgo", CLASES, "I")
    zona = leido.opcion("zona", ZONAS, "general")
    sanciones, avisos = _sanciones(leido, personas)
    parametros |= {"fecha": hasta_cuando.isoformat(), "zona": "" if zona == "general" else zona}
    parametros |= {"prima": prima or "", "clase_riesgo": clase or ""}
    parametros |= {nombre: leido.tecleado(nombre).strip() for nombre in ("infraccion", "multa", "porcentaje")}
    parametros["fecha_infraccion"] = sanciones[0].fecha.isoformat() if sanciones and not avisos else ""
    parametros["reincidencia"] = "si" if leido.si("reincidencia") else ""
    return Formulario(
        filas=filas,
        personas=tuple(personas),
        fecha=hasta_cuando,
        clase_riesgo=clase,
        prima=Decimal(prima) if prima else None,
        zona=zona,
        sanciones=sanciones,
        avisos=avisos,
        parametros={nombre: valor for nombre, valor in parametros.items() if valor},
    )


def _filas(leido: Lectura) -> list[dict[str, str]]:
    """The rows as typed; one more when it was asked for."""
    escritas = [
        n for n in range(PERSONAS_MAXIMO) if any(leido.tecleado(f"{LISTA}-{n}-{c}").strip() for c in COLUMNAS)
    ]
    cuantas = max(max(escritas, default=-1) + 1, FILAS_INICIALES) + (leido.agregando == LISTA)
    return [
        {c: leido.tecleado(f"{LISTA}-{n}-{c}") for c in COLUMNAS}
        for n in range(min(cuantas, PERSONAS_MAXIMO))
    ]


def _periodo(leido: Lectura, n: int, fecha: dt.date) -> Periodo | None:
    """The days and wages of one row; None with a complaint where they cannot be used."""
    antes = len(leido.errores)
    lugar = f"{LISTA}-{n}"
    desde = leido.fecha(f"{lugar}-desde", "Escribe desde qué día trabajó.")
    hasta = leido.fecha(f"{lugar}-hasta", "Escribe hasta qué día trabajó, o el último que se revisa.")
    if desde and hasta:
        _revisar_rango(leido, f"{lugar}-hasta", desde, hasta, fecha)
    real = leido.dinero(f"{lugar}-real")
    registrado = leido.dinero(f"{lugar}-registrado", obligatorio=False)
    if len(leido.errores) > antes or desde is None or hasta is None or real is None:
        return None
    return Periodo(desde, hasta, Decimal(real), Decimal(registrado) if registrado else None)


def _revisar_rango(leido: Lectura, campo: str, desde: dt.date, hasta: dt.date, fecha: dt.date) -> None:
    if hasta < desde:
        leido.errores[campo] = "La fecha final es anterior a la inicial. Corrige una de las dos."
    elif hasta > fecha:
        leido.errores[campo] = (
            f"El cálculo es al {en_letra(fecha)}: las cuotas de días que no han pasado no se deben."
        )
    elif (hasta.year - desde.year) * 12 + hasta.month - desde.month >= MESES_MAXIMO:
        leido.errores[campo] = f"Esta página calcula hasta {MESES_MAXIMO} meses por persona."


def _de_periodo(numero: int, periodo: Periodo) -> dict[str, str]:
    lugar = f"{LISTA}-{numero}"
    return {
        f"{lugar}-desde": periodo.desde.isoformat(),
        f"{lugar}-hasta": periodo.hasta.isoformat(),
        f"{lugar}-real": f"{periodo.real}",
        f"{lugar}-registrado": f"{periodo.registrado}" if periodo.registrado is not None else "",
    }


def _sanciones(leido: Lectura, personas: list[Persona]) -> tuple[tuple[Sancion, ...], tuple[str, ...]]:
    """The fine asked for, if any; without its date, the last day of the periods, said in words."""
    claves = [i.clave for i in infracciones()]
    clave = leido.opcion("infraccion", claves, "")
    importe = leido.dinero("multa", obligatorio=False)
    porcentaje = leido.porcentaje("porcentaje")
    dada = leido.fecha("fecha_infraccion", "")
    if not clave or not personas:
        return (), ()
    avisos = []
    if dada is None:
        dada = max(periodo.hasta for persona in personas for periodo in persona.periodos)
        avisos.append(f"Sin fecha de la infracción se usó el último día de los periodos: {en_letra(dada)}.")
    sancion = Sancion(
        infraccion=clave,
        fecha=dada,
        importe=Decimal(importe) if importe else None,
        porcentaje=Decimal(porcentaje) if porcentaje else None,
        reincidencia=leido.si("reincidencia"),
    )
    return (sancion,), tuple(avisos)
