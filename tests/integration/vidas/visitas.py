"""What auditors and notifiers answer: the act, the visit, the service of papers (procesos §6, §7, §11)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.acta import Acta, HechoObservado, ResultadoHecho, TipoActa
from models.acto import Acto
from models.credito import TrabajadorDeterminado
from models.orden import Orden
from models.patron import Patron
from tests.integration.vidas.jugador import FOTO, Jugador, responde
from tests.integration.vidas.oficina import REVISADO, fila_de
from workflow.actions import nomina
from workflow.operations._guardas_acto import g_denuncia_abierta
from workflow.rules.identificadores import luhn_cuadra

UNIVERSOS = ("trabajadores_senalados", "puesto", "centro", "todo")
# Days to begin and end of work: each worker of an act has one stretch of its periods.
TRAMOS = (
    ("2024-02-12", "2026-01-31"),
    ("2024-06-01", "2025-03-31"),
    ("2025-01-01", "2025-12-31"),
    ("2024-02-01", "2024-04-30"),
)
INFRACCIONES = ("304", "304-A-I", "304-A-II", "304-A-XX")


def orden_de(j: Jugador, acto_id: int) -> Orden:
    """The order in force of an act."""
    with j.mundo.obra.como() as ctx:
        fila = ctx.session.scalars(
            select(Orden).where(Orden.acto_id == acto_id).order_by(Orden.version.desc()).limit(1)
        ).one()
        ctx.session.expunge(fila)
        return fila


# -- emisión ---------------------------------------------------------------------------------------------
@responde("elaborar_orden")
def _orden(j: Jugador, fila: Any) -> dict[str, Any]:
    acto = fila_de(j, Acto, fila.sujeto_id)
    patron = fila_de(j, Patron, acto.patron_id)
    gente = [uno.usuario_id for uno in j.mundo.con_rol("auditor", acto.subdelegacion_id)]
    suyos = [uno for uno in acto.auditores if uno in gente] or gente[:1]
    return {
        "plantilla": "visita" if acto.tipo.value == "visita" else "gabinete",
        "nombre_visitado": patron.nombre,
        "periodos": [{"periodo": dict(uno)} for uno in acto.periodos],
        "visitadores": [{"usuario": uno} for uno in suyos],
        "contribuciones": list(acto.alcance.get("contribuciones") or ["cop"]),
    }


@responde("ampliar_universo")
def _ampliar(j: Jugador, fila: Any) -> dict[str, Any]:
    antes = fila_de(j, Acto, fila.sujeto_id).alcance.get("universo") or UNIVERSOS[0]
    lugar = min(UNIVERSOS.index(str(antes)) + 1, len(UNIVERSOS) - 1)
    return {"universo": UNIVERSOS[lugar], "personas": 40 + 20 * lugar}


@responde("firmar_orden")
def _firmar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"firma": j.elige(firmada=92, devuelta=4, no_procede=4)}


@responde("sustituir_autoridad", "sustituir_visitadores")
def _sustituir(j: Jugador, fila: Any) -> dict[str, Any]:
    gente = j.mundo.con_rol("auditor", fila.subdelegacion_id)
    nuevos = [{"usuario": uno.usuario_id} for uno in j.azar.sample(gente, min(2, len(gente)))]
    return {"hay_oficio": j.ocurre(80), "autoridad": None, "visitadores": nuevos}


@responde("contestar_prodecon")
def _prodecon(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"acepta": j.elige(si=4, no=3, otros_terminos=3)}


# -- visita ----------------------------------------------------------------------------------------------
def _lapso(j: Jugador) -> dict[str, Any]:
    """A diligencia that has just ended."""
    return {"fecha_hora": j.mundo.texto(-10), "hora_fin": j.mundo.texto()}


@responde("programar_diligencia")
def _programar(j: Jugador, fila: Any) -> dict[str, Any]:
    visitadores = [{"usuario": uno} for uno in orden_de(j, fila.sujeto_id).visitadores]
    return {"fecha_hora": f"{j.mundo.habil()}T10:00", "visitadores": visitadores}


@responde("acudir_domicilio")
def _acudir(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {
        "encuentro": j.elige(atiende=82, ausente=8, opone=5, no_localizado=5),
        "hora": j.mundo.texto(-5),
        "descripcion_domicilio": "Portón gris cerrado, con el número a la vista.",
        "testigos": _testigos(),
        "foto": [FOTO],
    }


def _testigos() -> list[dict[str, str]]:
    return [
        {
            "nombre": nombre,
            "identificacion": "Credencial 01",
            "domicilio": "Calle 5, León",
            "designa": "visitado",
        }
        for nombre in ("Luis Ortega Paz", "Inés Rangel Soto")
    ]


@responde("visita_domiciliaria/dejar_citatorio")
def _citar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {
        "con_quien": "Pedro Luna, vigilante",
        "dejado": j.mundo.texto(-2),
        "hora_cita": f"{j.mundo.habil()}T10:00",
        "objeto": "Iniciar la visita.",
        "firma_recibe": None,
        "se_niega": True,
    }


@responde("visita_domiciliaria/resolver_obstaculo")
def _obstaculo(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"obstaculo": j.elige(reintentar=60, buscar=20, presuntiva=10, cerrar=10)}


@responde("levantar_inicio")
def _inicio(j: Jugador, fila: Any) -> dict[str, Any]:
    visitadores = [
        {"visitador": uno, "credencial": f"AUD-{uno}", "vigencia": "2060-12-31"}
        for uno in orden_de(j, fila.sujeto_id).visitadores
    ]
    return {
        **_lapso(j),
        "entrega_orden": j.ocurre(96),
        "identificacion_visitadores": visitadores,
        "foto": [FOTO],
    }


@responde("desahogar_visita")
def _desahogar(j: Jugador, _fila: Any) -> dict[str, Any]:
    actuacion = j.elige(
        acta_parcial=22, requerimiento=14, compulsa=4, reponer=3, autocorreccion=5, concluir=52
    )
    return {"actuacion": actuacion, "fecha": j.mundo.texto(-10), "hora_fin": j.mundo.texto()}


@responde("elaborar_requerimiento")
def _requerir(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"plazo": j.elige(inmediato=2, doc_6=3, doc_15=3)}


@responde("valorar_respuesta")
def _valorar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"respuesta": j.elige(completa=5, parcial=3, incumplida=2)}


@responde("resolver_prorroga")
def _prorroga(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"concedida": j.ocurre(60)}


@responde("reponer_procedimiento")
def _reponer(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        actas = list(
            ctx.session.scalars(
                select(Acta.id).where(
                    Acta.acto_id == fila.sujeto_id,
                    Acta.tipo.in_((TipoActa.PARCIAL, TipoActa.COMPULSA, TipoActa.INICIO)),
                )
            )
        )
    return {"desde": j.azar.choice(actas)}


@responde("recibir_correccion")
def _correccion(j: Jugador, _fila: Any) -> dict[str, Any]:
    avisos = [{"nss": nss(j), "tipo": "modificacion", "fecha": j.mundo.hoy.isoformat()}]
    return {"avisos": avisos, "correccion_total": j.ocurre(60)}


@responde("levantar_ultima_parcial")
def _ultima(j: Jugador, _fila: Any) -> dict[str, Any]:
    hechos = [
        {"hecho": "Registró con salario menor.", "norma": "LSS 27", "periodo": REVISADO, "trabajadores": 12},
        {
            "hecho": "No registró a quien trabaja.",
            "norma": "LSS 15-I",
            "periodo": REVISADO,
            "trabajadores": 3,
        },
    ]
    return {**_lapso(j), "hay_observaciones": j.ocurre(86), "hechos": hechos[: j.azar.randint(1, 2)]}


def _hechos(j: Jugador, acto_id: int) -> list[tuple[int, ResultadoHecho]]:
    with j.mundo.obra.como() as ctx:
        filas = select(HechoObservado.id, HechoObservado.resultado).where(HechoObservado.acto_id == acto_id)
        return [(clave, resultado) for clave, resultado in ctx.session.execute(filas)]


@responde("valorar_pruebas")
def _pruebas(j: Jugador, fila: Any) -> dict[str, Any]:
    valoraciones = [
        {
            "hecho": clave,
            "prueba": "Nóminas",
            "resultado": j.elige(subsiste=78, desvirtuado=14, corregido=8),
            "razon": "Se cotejó con la nómina.",
        }
        for clave, _ in _hechos(j, fila.sujeto_id)
    ]
    return {"valoraciones": valoraciones}


@responde("levantar_acta_final")
def _final(j: Jugador, fila: Any) -> dict[str, Any]:
    hubo = {resultado for _, resultado in _hechos(j, fila.sujeto_id)}
    if ResultadoHecho.SUBSISTE in hubo:
        resultado = "con_observaciones"
    elif ResultadoHecho.CORREGIDO in hubo:
        resultado = "corregido"
    else:
        resultado = j.elige(sin_observaciones=8, corregido=2)
    return {**_lapso(j), "resultado_desahogo": resultado}


@responde("registrar_revision")
def _revision(j: Jugador, _fila: Any) -> dict[str, Any]:
    que = j.elige(con_observaciones=60, sin_observaciones=18, corregido=14, no_localizado=8)
    return {"resultado_desahogo": que, "fecha": j.mundo.hoy.isoformat()}


@responde("registrar_correccion")
def _corregir(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"resultado_desahogo": j.elige(corregido=6, incumplida=4), "fecha": j.mundo.hoy.isoformat()}


# -- determinación y conclusión --------------------------------------------------------------------------
def nss(j: Jugador) -> str:
    """A valid number that belongs to nobody in particular."""
    base = f"{j.azar.randrange(10**9, 10**10)}"
    return next(f"{base}{n}" for n in range(10) if luhn_cuadra(f"{base}{n}"))


@responde("preparar_determinacion")
def _determinar(j: Jugador, fila: Any) -> dict[str, Any]:
    _capturar_trabajadores(j, fila)
    infracciones = [{"clave": j.azar.choice(INFRACCIONES), "gravedad": j.elige(leve=1, media=1, grave=1)}]
    return {"infracciones": infracciones if j.ocurre(65) else []}


def _capturar_trabajadores(j: Jugador, fila: Any) -> None:
    """By hand, one by one, as the auditor of the act does."""
    with j.mundo.obra.como() as ctx:
        ya = ctx.session.scalar(
            select(TrabajadorDeterminado.id).where(TrabajadorDeterminado.acto_id == fila.sujeto_id).limit(1)
        )
        auditores = ctx.session.get_one(Acto, fila.sujeto_id).auditores
    if ya is not None:
        return
    quien = next(uno for uno in j.mundo.personas["auditor"] if uno.usuario_id in auditores)
    for numero in range(j.azar.randint(1, 4)):
        desde, hasta = j.azar.choice(TRAMOS)
        registrado = j.azar.choice((None, "315.04", "330.57"))
        datos = {
            "nss": nss(j),
            "nombre": f"Trabajadora {numero}",
            "desde": desde,
            "hasta": hasta,
            "sbc_comprobado": f"{j.azar.choice((360, 420, 520, 780, 1250))}.{j.azar.randint(10, 99)}",
            **({"sbc_registrado": registrado} if registrado else {}),
        }
        with j.mundo.obra.como(quien) as ctx:
            nomina.agregar(ctx, fila.sujeto_id, datos)


@responde("motivar_conclusion")
def _motivar(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        abiertas = [uno.id for uno in g_denuncia_abierta(ctx, ctx.session.get_one(Acto, fila.sujeto_id))]
    razones = [{"denuncia": uno, "razon": "Los recibos coinciden."} for uno in abiertas]
    return {"razones": razones, "se_sostiene": j.ocurre(70)}


@responde("emitir_conclusion")
def _concluir(_j: Jugador, _fila: Any) -> dict[str, Any]:
    return {}


# -- notificación ----------------------------------------------------------------------------------------
@responde("practicar_diligencia")
def _practicar(j: Jugador, _fila: Any) -> dict[str, Any]:
    que = j.elige(recibida=82, ausente=8, se_niega=6, no_localizado=4)
    return {
        "diligencia": que,
        "fecha_hora": j.mundo.texto(-5),
        "negativa": "Dijo que no firma nada." if que == "se_niega" else None,
        "foto": [FOTO] if j.ocurre(20) else None,
    }


@responde("notificacion/dejar_citatorio")
def _citatorio(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"hora_cita": f"{j.mundo.habil()}T10:00", "dejado": j.mundo.texto(-2)}


@responde("acudir_citatorio")
def _cita(j: Jugador, _fila: Any) -> dict[str, Any]:
    que = j.elige(con_interesado=4, con_presente=2, con_vecino=2, nadie=1, no_localizado=1)
    return {
        "cita": que,
        "caracter": "Representante legal",
        "relacion": "Vecina",
        "quien_recibe": "Rosa Vega Ortiz",
    }


@responde("agotar_busqueda")
def _busqueda(j: Jugador, _fila: Any) -> dict[str, Any]:
    domicilio = {
        "calle": "Hidalgo",
        "numero": "12",
        "colonia": "Centro",
        "cp": "37000",
        "municipio": "León",
        "estado": "Guanajuato",
    }
    return {"busqueda": j.elige(nuevo_domicilio=5, ilocalizable=5), "domicilio": domicilio}


@responde("acordar_estrados")
def _estrados(j: Jugador, _fila: Any) -> dict[str, Any]:
    causas = ("no_localizable", "ignorado", "desaparecio", "se_opone", "cita_sin_nadie")
    return {"estrados": j.elige(publicar=9, no_procede=1), "causa": j.azar.choice(causas)}


@responde("publicar_edictos")
def _edictos(j: Jugador, _fila: Any) -> dict[str, Any]:
    dias = [j.mundo.habiles.restar(j.mundo.hoy, n) for n in (3, 2, 1)]
    return {"via": j.elige(dof=1, diario=1, web=1), "fechas": [{"fecha": dia.isoformat()} for dia in dias]}
