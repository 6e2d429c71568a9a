"""What the worker reads: one fixed sentence per public status, never free text (procesos §1.5).

Nothing here says what is being done to the employer (CFF 69, LSS 22). `cuando` carries `{f}`, the date of
the term whose key is `plazo`; without that date `sin_fecha` is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Estatus:
    """One public status. `plazos`: keys of the ledger, the first one open gives the date. `paso`: 0 to 4, its
    place on the worker's road."""

    clave: str
    frase: str
    que_sigue: str
    cuando: str
    sin_fecha: str
    plazos: tuple[str, ...]
    paso: int


_ESTATUS = (
    Estatus(
        "recibida",
        "Recibimos tu denuncia. Ya tiene folio.",
        "Una persona del IMSS va a leerla.",
        "A más tardar el {f}",
        "En los próximos días hábiles.",
        ("sla_calificacion",),
        0,
    ),
    Estatus(
        "falta_algo",
        "Necesitamos algo de ti para seguir.",
        "Entra a tu buzón y responde lo que te pedimos.",
        "Tienes hasta el {f}",
        "Cuanto antes.",
        ("identidad_denunciante", "info_denunciante"),
        1,
    ),
    Estatus(
        "en_revision",
        "Estamos revisando lo que nos contaste.",
        "Te diremos si con eso podemos actuar.",
        "A más tardar el {f}",
        "En los próximos días hábiles.",
        ("sla_analisis",),
        1,
    ),
    Estatus(
        "en_decision",
        "Lo que nos diste sirve. El IMSS va a decidir qué hacer.",
        "Te avisaremos cuando haya una decisión.",
        "Hacia el {f}",
        "Te escribiremos cuando haya fecha.",
        ("sla_programacion",),
        2,
    ),
    Estatus(
        "en_accion",
        "El IMSS está haciendo lo que la ley permite en tu caso.",
        "No tienes que hacer nada. Puede tardar meses.",
        "Siguiente aviso: {f}",
        "Te escribiremos aunque no haya cambios.",
        ("sla_informe",),
        3,
    ),
    Estatus(
        "por_restituir",
        "Ya hay un resultado. Vamos a corregir tus datos.",
        "Revisa tu reporte de semanas cuando te avisemos.",
        "Hacia el {f}",
        "Te escribiremos cuando haya fecha.",
        ("restitucion_max",),
        4,
    ),
    Estatus(
        "restituida",
        "Tus datos ya están corregidos.",
        "Descarga tu oficio y revisa tus semanas.",
        "Desde hoy.",
        "Desde hoy.",
        (),
        4,
    ),
    Estatus(
        "cerrada",
        "Tu caso terminó.",
        "Lee el motivo en tu oficio. Puedes presentar otra denuncia con datos nuevos.",
        "El buzón abre hasta el {f}",
        "Tu oficio estará aquí en unos días.",
        ("buzon_cierre",),
        4,
    ),
    Estatus(
        "turnada",
        "A tu caso lo atiende otra autoridad.",
        "Te decimos a cuál y cómo llamarle.",
        "Desde hoy.",
        "Desde hoy.",
        (),
        4,
    ),
)
ESTATUS: Mapping[str, Estatus] = MappingProxyType({e.clave: e for e in _ESTATUS})
DE_ESTADO: Mapping[str, str] = MappingProxyType(
    {
        "recibida": "recibida",
        "asignada": "recibida",
        "en_calificacion": "recibida",
        "sin_identificar": "falta_algo",
        "incompleta": "falta_algo",
        "en_analisis": "en_revision",
        "en_programacion": "en_decision",
        "en_acto": "en_accion",
        "por_restituir": "por_restituir",
        "restituida": "restituida",
        "sin_elementos": "cerrada",
        "improcedente": "cerrada",
        "desistida": "cerrada",
        "turnada": "turnada",
    }
)
CAUSAS: Mapping[str, str] = MappingProxyType(
    {
        "sin_identificar": "No pudimos confirmar quién eres.",
        "sin_presuncion": "No encontramos datos para actuar.",
        "rechazo_comite": "Se decidió no actuar con los datos que hay.",
        "propuesta_retirada": "Se decidió no actuar con los datos que hay.",
        "acto_sin_observaciones": "Revisamos y no vimos una falta.",
        "credito_anulado": "Lo que decidimos fue dejado sin efecto.",
        "facultades_extintas": "La ley ya no permite revisar esas fechas.",
        "extemporanea": "Pasaron más de cinco años.",
        "duplicada": "Ya tenías otra denuncia igual; esa sigue.",
        "no_es_materia": "Lo que cuentas no le toca al IMSS.",
        "ratificada": "Tú pediste cerrarla.",
    }
)
PAUSA = "Hay una pausa por un trámite legal."
PASOS: tuple[tuple[str, str], ...] = (
    ("Recibida", "Ya tiene folio."),
    ("En revisión", "Una persona del IMSS la lee y la compara con los registros."),
    ("En decisión", "El IMSS decide qué hacer."),
    ("El IMSS actúa", "Puede tardar meses. Te escribiremos aunque no haya cambios."),
    ("Resultado", "Si procede, corregimos tus semanas y tu salario."),
)


def de_estado(estado: str) -> Estatus:
    """The public status of an internal state of the denuncia. Raises KeyError for an unknown one."""
    return ESTATUS[DE_ESTADO[estado]]


def subtexto(causa: str | None) -> str:
    """The reason of a closed case in one sentence; empty when there is none to tell."""
    return CAUSAS.get(causa or "", "")
