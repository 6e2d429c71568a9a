"""Steps of an act: ordered, carried out in a visit or in the office, and what it proved."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from models.acta import HechoObservado
from workflow.actions import nomina, plazo
from workflow.actions.demo.guion import Historia
from workflow.actions.demo.papeles import Renglon, lista_de_trabajadores
from workflow.actions.demo.personas import Padron
from workflow.actions.demo.vida import Vida

DIEZ = dt.time(10, 0)
# The visitors drew up an acta there: the rest of the form is not asked for.
SIN_ACTA = dict.fromkeys(("fecha", "hora_fin", "lugar", "hechos", "testigos", "firmas"))
HECHO = {"hecho": "Registró con salario menor al pagado según la nómina.", "norma": "LSS 15-I, 27"}
RESPUESTA = "Entrega los recibos y los contratos que se le requirieron."
PRUEBAS = "Exhibe comprobantes de pago de dos bimestres y pide que se valoren."
PERSONAS = 5
REGISTRADO = Decimal("290.00")  # by day, with which the employers of these stories register everybody


def ordenar(v: Vida) -> Historia:
    """The order is drawn up and signed."""
    yield v.g.tras(2)
    plantilla = "visita" if v.fila.get("acto", "visita") == "visita" else "gabinete"
    periodos = [{"periodo": p} for p in v.periodos()]
    contribuciones = v.fila.get("contribuciones", ["cop"])
    v.completar(
        "elaborar_orden", v.acto, plantilla=plantilla, periodos=periodos, contribuciones=contribuciones
    )
    yield v.g.tras(2)
    v.completar("firmar_orden", v.acto)


def visitar(v: Vida) -> Historia:
    """The visit begins with whoever attends, and its acta."""
    yield v.g.tras(1)
    dia = v.g.tras(3, DIEZ)
    v.completar("programar_diligencia", v.acto, fecha_hora=v.g.local(dia))
    yield dia + dt.timedelta(hours=2)
    v.completar("acudir_domicilio", v.acto)
    v.completar("levantar_inicio", v.acto)


def requerir_documentos(v: Vida) -> Historia:
    """Papers are asked for, served, delivered in their term."""
    yield v.g.tras(2)
    v.completar("desahogar_visita", v.acto, actuacion="requerimiento", **SIN_ACTA)
    v.completar("elaborar_requerimiento", v.acto)
    yield v.g.tras(1)
    v.completar("practicar_diligencia", v.acto)
    yield v.g.tras(9)
    v.promover(v.acto, "auditora", "documentos_presentados", RESPUESTA)
    yield v.g.tras(1)
    v.completar("valorar_respuesta", v.acto)


def pausar(v: Vida) -> Historia:
    """A strike holds the visit six days."""
    yield v.g.tras(2)
    jefe = v.g.persona(v.gente["jefe"])
    with v.g.como(jefe) as ctx:
        plazo.suspender(ctx, *v.acto, "huelga", "", v.g.hoy)
    yield v.g.tras(6)
    with v.g.como(jefe) as ctx:
        plazo.reanudar(ctx, *v.acto, v.g.hoy)


def acta_parcial(v: Vida) -> Historia:
    """One more acta."""
    yield v.g.tras(3)
    v.completar("desahogar_visita", v.acto)


def ultima_parcial(v: Vida) -> Historia:
    """The facts observed are told: the days to rebut them run."""
    yield v.g.tras(3)
    v.completar("desahogar_visita", v.acto, actuacion="concluir", **SIN_ACTA)
    hechos = [{**HECHO, "periodo": p, "trabajadores": PERSONAS} for p in v.periodos()]
    v.completar("levantar_ultima_parcial", v.acto, hechos=hechos)


def aportar_pruebas(v: Vida) -> Historia:
    """The employer files evidence in those days."""
    yield v.g.tras(4)
    v.promover(v.acto, "auditora", "pruebas_aportadas", PRUEBAS)


def acta_final(v: Vida) -> Historia:
    """The days are over: the evidence is weighed and the acta final closes the visit."""
    yield v.g.tras_vencer(v.vence(v.acto, "ultima_parcial"))
    with v.g.como() as ctx:
        hechos = ctx.session.scalars(
            select(HechoObservado.id).where(HechoObservado.acto_id == v.acto[1])
        ).all()
    razon = "Las nóminas que se exhibieron son las mismas que ya se habían revisado."
    valoraciones = [{"hecho": h, "resultado": "subsiste", "razon": razon} for h in hechos]
    v.completar("valorar_pruebas", v.acto, valoraciones=valoraciones)
    yield v.g.tras(1)
    v.completar("levantar_acta_final", v.acto)


def revisar_gabinete(v: Vida) -> Historia:
    """The review in the office comes to observations."""
    yield v.g.tras(6)
    v.completar("registrar_revision", v.acto)


def capturar(v: Vida) -> Historia:
    """The auditor imports who was paid more than registered: who denounced is one of them."""
    yield v.g.tras(1)
    archivo = lista_de_trabajadores(_renglones(v))
    with v.g.como(v.g.persona(v.gente["auditora"])) as ctx:
        documento = nomina.subir(ctx, v.acto[1], "trabajadores.csv", archivo)
        nomina.importar(ctx, v.acto[1], documento)


def _renglones(v: Vida) -> list[Renglon]:
    padron = Padron(v.caso.id)
    demas = [
        (padron.identidad(), REGISTRADO * padron.azar.randint(140, 210) / 100) for _ in range(PERSONAS - 1)
    ]
    return [
        Renglon(
            quien["nss"],
            f"{quien['primer_apellido']} {quien['segundo_apellido']} {quien['nombre']}".upper(),
            dt.date.fromisoformat(periodo["desde"]),
            dt.date.fromisoformat(periodo["hasta"]),
            comprobado,
            REGISTRADO,
        )
        for quien, comprobado in ((v.caso.respuestas, v.salario_diario()), *demas)
        for periodo in v.periodos()
    ]
