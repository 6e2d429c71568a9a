"""Steps of an enforcement: demanded, attached, kept, one of its credits annulled, a business intervened."""

from __future__ import annotations

from decimal import Decimal

from workflow.actions.demo.guion import Historia
from workflow.actions.demo.vida import Vida
from workflow.rules import embargo as reglas
from workflow.rules.calendario import UN_DIA

EXENTO = {"descripcion": "Prensas y hornos con los que trabaja el taller", "clase": "maquinaria"}
ACLARACION = "Exhibe los enteros de ese periodo y pide que se deje sin efectos el crédito."
INGRESOS = (Decimal("64000.00"), Decimal("58500.00"))  # of the caja, each month


def mandar(v: Vida) -> Historia:
    """The payment term is over: the writ of enforcement is drawn up and signed."""
    yield v.g.tras_vencer(max(v.vence(("credito", c.id), "pago_credito") for c in v.creditos()))
    yield v.g.tras(1)
    v.completar("elaborar_mandamiento", v.pae)
    yield v.g.tras(2)
    v.completar("firmar_mandamiento", v.pae)


def requerir(v: Vida) -> Historia:
    """The ejecutor asks for the payment at the door; nobody pays."""
    yield v.g.tras(3)
    v.completar("requerir_pago", v.pae)


def embargar(v: Vida) -> Historia:
    """Goods in the order of the law, with their photographs; what is exempt is written down and left."""
    bienes = [
        {**bien, "designa": "deudor", "fotos": [v.adjuntar("trabar_embargo", v.pae, bien["descripcion"])]}
        for bien in v.fila["bienes"]
    ]
    negociacion = bienes[0]["tipo"] == "negociacion"
    v.completar(
        "trabar_embargo",
        v.pae,
        traba="negociacion" if negociacion else "bienes",
        bienes=bienes,
        excluidos=[EXENTO] if v.fila.get("exento") else None,
    )
    yield from ()


def depositar(v: Vida) -> Historia:
    """Somebody keeps the goods; they are enough."""
    yield v.g.tras(2)
    v.completar("nombrar_depositario", v.pae)
    yield v.g.tras(1)
    inscribible = v.fila["bienes"][0]["tipo"] == "negociacion"
    v.completar("aceptar_cargo", v.pae, inscribible=inscribible)
    yield v.g.tras(1)
    if inscribible:
        v.completar("inscribir_embargo", v.pae)
    vale = sum(Decimal(bien["valor_estimado"]) for bien in v.fila["bienes"])
    v.completar("calificar_suficiencia", v.pae, valor_estimado=f"{vale:.2f}")


def aclarar(v: Vida) -> Historia:
    """A late aclaración of one credit proceeds: it is annulled while the enforcement of the other goes on."""
    yield v.g.tras(2)
    v.promover(("credito", v.creditos()[-1].id), "cobranza", "promocion_aclaracion", ACLARACION)
    yield v.g.tras(3)
    v.completar("resolver_aclaracion_tardia", v.pae)


def intervenir(v: Vida) -> Historia:
    """An interventor is named, and accepts."""
    yield v.g.tras(1)
    v.completar("nombrar_interventor", v.pae)
    yield v.g.tras(1)
    v.completar("aceptar_intervencion", v.pae)


def informar(v: Vida) -> Historia:
    """Two months of the caja: the most that the law lets withhold is handed over each time."""
    desde = v.g.hoy
    for numero, ingresos in enumerate(INGRESOS, 1):
        yield v.g.tras(20)
        v.completar(
            "rendir_informe",
            v.pae,
            desde=desde.isoformat(),
            hasta=v.g.hoy.isoformat(),
            ingresos=str(ingresos),
            retenido=f"{reglas.retencion(ingresos, v.g.hoy).importe:.2f}",
            orden_ingreso=f"OI-{v.caso.id}-{numero}",
        )
        desde = v.g.hoy + UN_DIA
