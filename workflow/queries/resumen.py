"""What is known of a case, line by line: its summary, the facts told, why a proposal has its points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.comite import Acuerdo, Asunto
from models.credito import Credito
from models.denuncia import Denuncia
from models.organizacion import Usuario
from models.pae import Pae
from models.propuesta import Propuesta
from workflow import formularios
from workflow.context import Ctx
from workflow.operations import presuntivo
from workflow.operations.papel_denuncia import MOTIVOS
from workflow.queries.expediente import Caso
from workflow.rules.calendario import fecha_corta
from workflow.rules.identificadores import ENTIDADES

# The denouncer has no name on any page of the staff (LSS 22).
PERSONA = "Persona denunciante 1"


@dataclass(frozen=True)
class Renglon:
    """A line of a summary. `clase`: texto, parrafo, fecha, instante, dinero, caso (a folio to follow)."""

    rotulo: str
    valor: Any
    clase: str = "texto"


@dataclass(frozen=True)
class Factor:
    """What one factor adds to the score; `parte` of the largest one, 0 to 100."""

    texto: str
    puntos: int
    parte: float


@dataclass(frozen=True)
class Riesgo:
    """Why a proposal has its points and what would change them."""

    puntos: int
    factores: tuple[Factor, ...]
    contrafactual: str


# -- summary ---------------------------------------------------------------------------------------------
def resumen(ctx: Ctx, caso: Caso) -> list[Renglon]:
    """The lines of the summary, those without a value left out."""
    fila = caso.fila
    if isinstance(fila, Denuncia):
        renglones = _de_denuncia(ctx, fila)
    elif isinstance(fila, Propuesta):
        renglones = _de_propuesta(ctx, fila)
    elif isinstance(fila, Credito):
        renglones = _de_credito(ctx, fila)
    elif isinstance(fila, Pae):
        renglones = _de_pae(ctx, fila)
    else:
        renglones = _de_acto(ctx, fila)
    return [r for r in renglones if r.valor not in (None, "", [], ())]


def _de_denuncia(ctx: Ctx, d: Denuncia) -> list[Renglon]:
    analista = ctx.session.get(Usuario, d.analista_id) if d.analista_id else None
    propuesta = ctx.session.get(Propuesta, d.propuesta_id) if d.propuesta_id else None
    calificada = formularios.cargar("denuncia", "calificar_denuncia").etiquetas().get("calificacion", {})
    return [
        Renglon("Quién denuncia", PERSONA if d.identificada else f"{PERSONA}, todavía sin identificar"),
        Renglon("Presentada", d.presentada_en, "instante"),
        Renglon("Por", d.canal.etiqueta),
        Renglon("Prioridad", d.prioridad.etiqueta),
        Renglon("Unidad competente", d.subdelegacion.nombre),
        Renglon("Analista", analista.nombre if analista else "Sin asignar"),
        Renglon("Calificación", calificada.get(str((d.calificacion or {}).get("calificacion")), "")),
        Renglon("Resultado del análisis", _dictamen(d)),
        Renglon("Propuesta", propuesta.folio if propuesta else None, "caso"),
        Renglon("Cómo terminó", d.causa_cierre.etiqueta if d.causa_cierre else None),
        Renglon("Cerrada", d.cerrada_en, "instante"),
    ]


def _dictamen(d: Denuncia) -> str:
    presuncion = (d.analisis or {}).get("presuncion")
    if presuncion is None:
        return ""
    dicho = formularios.cargar("denuncia", "analizar_denuncia").etiquetas().get("presuncion", {})
    return dicho.get(str(presuncion), str(presuncion).replace("_", " ").capitalize())


def _de_propuesta(ctx: Ctx, p: Propuesta) -> list[Renglon]:
    ficha = p.fichas[-1].datos if p.fichas else {}
    etiquetas = formularios.cargar("programacion", "completar_ficha").etiquetas()
    acuerdo = ctx.session.execute(
        select(Acuerdo.folio, Acuerdo.texto, Acuerdo.fecha_compromiso)
        .join(Asunto, Asunto.id == Acuerdo.asunto_id)
        .where(Asunto.propuesta_id == p.id, Acuerdo.adoptado_en.is_not(None))
        .order_by(Acuerdo.id.desc())
        .limit(1)
    ).one_or_none()
    return [
        Renglon("Acto que se propone", p.acto.etiqueta if p.acto else None),
        Renglon("Origen", p.origen.etiqueta),
        Renglon("Periodos", [_periodo(f.get("periodo")) for f in ficha.get("ejercicios") or []]),
        Renglon("A quiénes se revisa", etiquetas.get("universo", {}).get(str(ficha.get("universo")), "")),
        Renglon("Personas", p.trabajadores),
        Renglon("Monto presuntivo", p.monto_presuntivo, "dinero"),
        Renglon("Cómo se estimó", _como_se_estimo(ctx, p), "parrafo"),
        Renglon("Razones", ficha.get("razones"), "parrafo"),
        Renglon("Urgente", "Sí" if p.urgente else None),
        Renglon("Integrada", p.integrada_en, "instante"),
        Renglon("Acuerdo del comité", f"{acuerdo.folio}: {acuerdo.texto}" if acuerdo else None, "parrafo"),
        Renglon("Compromiso", acuerdo.fecha_compromiso if acuerdo else None, "fecha"),
    ]


def _como_se_estimo(ctx: Ctx, p: Propuesta) -> str:
    """In one line, while the facts still give the amount that was kept."""
    hallado = presuntivo.de_propuesta(ctx, p) if p.monto_presuntivo is not None else None
    return hallado.explicacion if hallado and hallado.monto == p.monto_presuntivo else ""


def _de_credito(ctx: Ctx, c: Credito) -> list[Renglon]:
    acto = ctx.session.get(Acto, c.acto_id)
    pae = ctx.session.get(Pae, c.pae_id) if c.pae_id else None
    anterior = ctx.session.get(Credito, c.sustituye_id) if c.sustituye_id else None
    periodo = {"desde": c.periodo_desde, "hasta": c.periodo_hasta} if c.periodo_desde else None
    return [
        Renglon("Acto", acto.folio if acto else None, "caso"),
        Renglon("Clase", c.clase.etiqueta),
        Renglon("Periodo", _periodo(periodo) if periodo else "Sin periodo"),
        Renglon("Notificado", c.notificado, "fecha"),
        Renglon("Exigible desde", c.exigible_desde, "fecha"),
        Renglon("Se cobra en", pae.folio if pae else None, "caso"),
        Renglon("Sustituye a", anterior.folio if anterior else None, "caso"),
        Renglon("Cómo terminó", c.causa.replace("_", " ").capitalize() if c.causa else None),
        Renglon("Concluido", c.concluido_en, "instante"),
    ]


def _de_pae(ctx: Ctx, p: Pae) -> list[Renglon]:
    nombres = ctx.session.scalars(select(Usuario.nombre).where(Usuario.id.in_(p.ejecutores or []))).all()
    return [
        Renglon("Abierto", p.abierto_en, "instante"),
        Renglon("Ejecutores", list(nombres)),
        Renglon("Cómo terminó", p.causa.replace("_", " ").capitalize() if p.causa else None),
        Renglon("Concluido", p.concluido_en, "instante"),
    ]


def _de_acto(ctx: Ctx, a: Acto) -> list[Renglon]:
    propuesta = ctx.session.get(Propuesta, a.propuesta_id) if a.propuesta_id else None
    nombres = ctx.session.scalars(select(Usuario.nombre).where(Usuario.id.in_(a.auditores or []))).all()
    return [
        Renglon("Periodos", [_periodo(tramo) for tramo in a.periodos]),
        Renglon("Visitadores", list(nombres)),
        Renglon("Propuesta", propuesta.folio if propuesta else None, "caso"),
        Renglon("Programado", a.programado_en, "instante"),
        Renglon("Fecha tentativa", a.fecha_tentativa, "fecha"),
        Renglon("Concluido", a.concluido_en, "instante"),
    ]


def _periodo(tramo: Any) -> str:
    if not isinstance(tramo, Mapping) or not tramo.get("desde"):
        return ""
    return (
        f"Del {_dia(tramo['desde'])} {'al ' + _dia(tramo['hasta']) if tramo.get('hasta') else 'a la fecha'}"
    )


def _dia(texto: Any) -> str:
    dia = dt.date.fromisoformat(str(texto))
    return f"{fecha_corta(dia)} de {dia.year}"


# -- facts -----------------------------------------------------------------------------------------------
SI_NO = {"True": "Sí", "False": "No", "si": "Sí", "no": "No", "no_se": "No lo sabe"}
# Facts told, in the order in which they are read: key -> (label, class, words of the choices).
HECHOS: dict[str, tuple[str, str, Mapping[str, str]]] = {
    "motivos": ("Motivos", "opciones", MOTIVOS),
    "relato": ("Lo que cuenta", "parrafo", {}),
    "periodo_desde": ("Entró a trabajar", "fecha", {}),
    "periodo_hasta": ("Salió", "fecha", {}),
    "sigue_trabajando": ("Sigue trabajando ahí", "opciones", SI_NO),
    "fecha_registrada": ("Fecha que aparece en el IMSS", "fecha", {}),
    "fecha_aproximada": ("Fechas", "opciones", {"si": "Aproximadas: no recuerda las exactas"}),
    "salario_monto": ("Lo que le pagan", "dinero", {}),
    "salario_periodo": (
        "Cada cuánto",
        "opciones",
        {
            "semana": "Cada semana",
            "quincena": "Cada quincena",
            "mes": "Cada mes",
            "dia": "Por día",
            "no_se": "No lo sabe",
        },
    ),
    "forma_pago": (
        "Cómo le pagan",
        "opciones",
        {
            "efectivo": "En efectivo",
            "deposito": "Con depósito",
            "mixto": "Una parte en efectivo y otra con depósito",
            "otra": "De otra forma",
        },
    ),
    "salario_registrado": ("Salario diario que reporta el patrón", "dinero", {}),
    "puesto": ("Puesto", "texto", {}),
    "horario": ("Horario", "texto", {}),
    "patron_nombre": ("Patrón, según dice", "texto", {}),
    "patron_registro": ("Registro patronal que dio", "texto", {}),
    "patron_rfc": ("RFC del patrón que dio", "texto", {}),
    "patron_giro": ("A qué se dedica", "texto", {}),
    "lugar_domicilio": ("Domicilio del trabajo", "texto", {}),
    "lugar_colonia": ("Colonia", "texto", {}),
    "lugar_cp": ("Código postal", "texto", {}),
    "lugar_municipio": ("Municipio", "texto", {}),
    "lugar_entidad": ("Entidad", "opciones", ENTIDADES),
    "lugar_referencias": ("Referencias", "texto", {}),
    "personas": ("Personas que trabajan ahí", "texto", {}),
    "subcontratado": ("La contrató otra empresa", "opciones", SI_NO),
    "que_muestran": ("Qué muestran las pruebas", "parrafo", {}),
}


def hechos(denuncia: Denuncia) -> list[Renglon]:
    """The facts told, with Spanish labels; never who told them."""
    renglones = []
    for clave, (rotulo, clase, opciones) in HECHOS.items():
        valor = denuncia.hechos.get(clave)
        if valor in (None, "", [], {}):
            continue
        renglones.append(_hecho(rotulo, clase, opciones, valor))
    return renglones


def _hecho(rotulo: str, clase: str, opciones: Mapping[str, str], valor: Any) -> Renglon:
    if clase == "opciones":
        dichos = valor if isinstance(valor, list) else [valor]
        return Renglon(rotulo, [opciones.get(str(v), str(v).replace("_", " ")) for v in dichos])
    if clase == "fecha":
        try:
            return Renglon(rotulo, dt.date.fromisoformat(str(valor)), "fecha")
        except ValueError:
            return Renglon(rotulo, str(valor))
    if clase == "dinero":
        try:
            return Renglon(rotulo, Decimal(str(valor).replace(",", "")), "dinero")
        except InvalidOperation:
            return Renglon(rotulo, str(valor))
    return Renglon(rotulo, valor if isinstance(valor, list) else str(valor), clase)


# -- risk --------------------------------------------------------------------------------------------------
def riesgo(propuesta: Propuesta) -> Riesgo | None:
    """The score as it was given, factor by factor; None while there is none. Later models change nothing."""
    if propuesta.puntaje is None or not propuesta.razones:
        return None
    razones = sorted(propuesta.razones, key=lambda r: -int(r["puntos"]))
    mayor, suma = int(razones[0]["puntos"]), sum(int(r["puntos"]) for r in razones)
    factores = tuple(
        Factor(
            f"{r['texto']}: {r['cuenta']}", int(r["puntos"]), round(100 * int(r["puntos"]) / max(mayor, 1), 1)
        )
        for r in razones
    )
    sin_el_mayor = min(suma - mayor, propuesta.puntaje)
    frase = f"Sin «{str(razones[0]['texto']).lower()}» tendría {sin_el_mayor} puntos."
    return Riesgo(propuesta.puntaje, factores, frase)
