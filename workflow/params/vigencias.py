"""Everything that the law fixes, as people read it: what is in force on a date, and every version.

Each module keeps its own values; this one only lists them, so that nothing is in force that cannot be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from workflow.params import (
    aplicacion,
    ceav,
    costeabilidad,
    cuotas,
    gastos_ejecucion,
    horario,
    loader,
    multas,
    pago_cuotas,
    presuntivo,
    recargos,
    remate,
    riesgo,
    salario_minimo,
    semanas,
    suspensiones,
    uma,
)
from workflow.params.dato import Dato
from workflow.params.fechas import MESES, fecha_en_palabras
from workflow.params.inpc import Serie, incluida, publicacion_mensual, regla_factor

CONFIGURACION = "Configuración del sistema"
GRUPOS: Mapping[str, str] = MappingProxyType(
    {
        "uma": "Unidad de Medida y Actualización",
        "salario_minimo": "Salario mínimo",
        "cuotas": "Cuotas obrero-patronales",
        "ceav": "Cesantía en edad avanzada y vejez, parte patronal",
        "pago_cuotas": "Cuándo se pagan las cuotas",
        "recargos": "Recargos",
        "inpc": "Índice Nacional de Precios al Consumidor",
        "multas": "Multas",
        "gastos_ejecucion": "Gastos de ejecución",
        "aplicacion": "Orden en que se aplica un pago",
        "plazos": "Plazos",
        "inhabiles.CFF12": "Días inhábiles para plazos fiscales",
        "inhabiles.LFT74": "Días de descanso obligatorio",
        "inhabiles.IMSS": "Días en que cerraron las oficinas del Instituto",
        "horario": "Horario de las diligencias",
        "suspensiones": "Causas de suspensión",
        "remate": "Remate de bienes embargados",
        "costeabilidad": "Costo de cobro de un crédito",
        "presuntivo": "Monto presuntivo de una propuesta",
        "semanas": "Semanas reconocidas",
        "riesgo": "Puntaje de riesgo",
    }
)
_TASAS = {
    "mora": "Recargos por mora",
    "prorroga": "Recargos por prórroga, sobre saldos",
    "parcialidades_12": "Parcialidades hasta 12 meses",
    "parcialidades_24": "Parcialidades de más de 12 y hasta 24 meses",
    "parcialidades_mas": "Parcialidades de más de 24 meses y pago diferido",
}
_BASES = {
    "uma": "una UMA diaria",
    "excedente": "lo que el salario pasa del límite del excedente",
    "sbc": "el salario base de cotización",
}
_ORDINALES = ("", "primer", "segundo", "tercer", "cuarto", "quinto")
_DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábados", "domingos")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vigencia(Dato):
    """One value in one of its versions. `grupo` is a key of `GRUPOS`; `valor` is text for people.

    `principal` is False for what only goes with the values of its group: a group of which nothing else is in
    force cannot be used that day.
    """

    grupo: str
    clave: str
    nombre: str
    valor: str
    principal: bool = True


def vigencias(fecha: date | None = None, inpc: Serie | None = None) -> tuple[Vigencia, ...]:
    """What is in force on `fecha`, or every version of everything, in the order of `GRUPOS`.

    `inpc`: the indices to list, default those that come with the release. An index is in force until the
    next one known: a newer one not published is replaced by the last that is (CFF 17-A).
    """
    todas = tuple(_todas(inpc or incluida()))
    if fecha is None:
        return todas
    return tuple(
        v for v in todas if v.vigente_desde <= fecha and (v.vigente_hasta is None or fecha <= v.vigente_hasta)
    )


def _todas(serie: Serie) -> Iterator[Vigencia]:
    for unidad in uma.umas():
        valor = (
            f"{_pesos(unidad.diario)} diarios; {_pesos(unidad.mensual)} al mes; {_pesos(unidad.anual)} al año"
        )
        yield _una("uma", "UMA", "Unidad de Medida y Actualización", valor, unidad)
    for zona, salarios in salario_minimo.salarios_minimos().items():
        nombre = salario_minimo.NOMBRES[zona]
        for salario in salarios:
            valor = f"{_pesos(salario.diario)} diarios"
            yield _una("salario_minimo", zona, nombre[0].upper() + nombre[1:], valor, salario)
    yield from _cuotas()
    yield from _recargos()
    yield from _indices(serie)
    yield from _multas()
    yield from _gastos()
    yield from _aplicacion()
    yield from _plazos()
    for horas in horario.horarios():
        yield _una("horario", "diligencias", "Horas hábiles", horas.texto, horas)
    yield from _suspensiones()
    yield from _remate()
    for costo in costeabilidad.todas():
        valor = f"hasta {costo.incosteable_udi} UDI de {costo.valor_udi} pesos"
        yield _una("costeabilidad", "incosteable", "Crédito que no conviene cobrar", valor, costo)
    for supuesto in presuntivo.todos():
        valor = f"clase {supuesto.clase_supuesta} si el registro patronal no dice su clase"
        yield _una("presuntivo", "supuestos", "Lo que se supone para estimar", valor, supuesto)
    for cuenta in semanas.todas():
        valor = f"{cuenta.dias} días; más de {cuenta.sobrante} que sobren hacen otra"
        yield _una("semanas", "semanas", "Días de cotización que hacen una semana", valor, cuenta)
    yield from _riesgo()


def _cuotas() -> Iterator[Vigencia]:
    tablas = cuotas.tablas()
    for ramo in (r for versiones in tablas.ramos.values() for r in versiones):
        yield _una("cuotas", ramo.codigo, ramo.nombre, _valor_de_ramo(ramo), ramo)
    for prima in (p for versiones in tablas.primas.values() for p in versiones):
        nombre = f"Prima media de riesgos de trabajo, clase {prima.clase}"
        yield _una("cuotas", f"prima_{prima.clase}", nombre, f"{prima.prima} %", prima)
    for limite in (x for versiones in tablas.limites.values() for x in versiones):
        valor = f"{limite.valor} {'UMA' if limite.unidad == 'uma' else '%'}"
        yield _una("cuotas", limite.clave, limite.nombre, valor, limite)
    for tabla in ceav.tablas():
        for renglon in tabla.renglones:
            yield _una("ceav", f"renglon_{renglon.numero}", renglon.rango, f"{renglon.patron} %", renglon)
    for pago in (p for versiones in pago_cuotas.pagos().values() for p in versiones):
        cada = "cada mes" if pago.meses == 1 else f"cada {pago.meses} meses"
        valor = f"{cada}, hasta el día {pago.dia} del mes siguiente"
        yield _una("pago_cuotas", pago.pago, f"Pago {pago.pago}", valor, pago)


def _valor_de_ramo(ramo: cuotas.Ramo) -> str:
    patron = "según su tabla o prima" if ramo.patron is None else f"{ramo.patron} %"
    return f"patrón: {patron}; trabajador: {ramo.trabajador} %; sobre {_BASES[ramo.base]}"


def _recargos() -> Iterator[Vigencia]:
    tasas, topes = recargos.tablas()
    for campo, nombre in _TASAS.items():
        for tasa in tasas:
            yield _una("recargos", campo, nombre, f"{getattr(tasa, campo)} % mensual", tasa)
    for tope in topes:
        yield _una(
            "recargos", "tope_meses", "Tope de los recargos", f"{tope.meses} meses", tope, principal=False
        )


def _indices(serie: Serie) -> Iterator[Vigencia]:
    indices = serie.indices
    finales = [despues.mes - timedelta(days=1) for despues in indices[1:]]
    for indice, hasta in zip(indices, (*finales, None), strict=True):
        yield Vigencia(
            grupo="inpc",
            clave=f"{indice.mes:%Y-%m}",
            nombre=f"INPC de {MESES[indice.mes.month - 1]} de {indice.mes.year}",
            valor=indice.texto,
            cita=indice.cita,
            publicacion=indice.publicacion,
            confianza=indice.confianza,
            nota=indice.nota,
            vigente_desde=indice.mes,
            vigente_hasta=hasta,
        )
    factor, espera = regla_factor(), publicacion_mensual()
    valor = f"{factor.decimales} decimales, sin redondear"
    yield _una("inpc", "factor", "Decimales del factor de actualización", valor, factor, principal=False)
    valor = f"después del día {espera.dia} del mes siguiente"
    yield _una(
        "inpc", "publicacion_mensual", "Cuándo se echa de menos un índice", valor, espera, principal=False
    )


def _multas() -> Iterator[Vigencia]:
    for una in multas.infracciones():
        unidad = "UMA" if una.unidad == "uma" else "% de lo omitido"
        valor = f"de {una.minimo:,} a {una.maximo:,} {unidad}"
        yield _una("multas", una.clave, una.descripcion, valor, una)
    baja, sube = multas.reduccion(), multas.reincidencia()
    for ajuste, valor in ((baja, f"{baja.valor} % menos"), (sube, f"{sube.valor} veces la multa")):
        plazo = loader.plazo(ajuste.plazo).descripcion
        yield _una("multas", ajuste.clave, ajuste.nombre, f"{valor}, dentro de {plazo}", ajuste)


def _gastos() -> Iterator[Vigencia]:
    tarifas, actos = gastos_ejecucion.tablas()
    for tarifa in tarifas:
        valor = f"{tarifa.porcentaje} % del crédito; de {_pesos(tarifa.minimo)} a {_pesos(tarifa.maximo)}"
        yield _una("gastos_ejecucion", "tarifa", "Gastos por cada acto", valor, tarifa)
    for acto in actos:
        clave = "+".join(acto.diligencias)
        yield _una("gastos_ejecucion", clave, acto.nombre, "se cobra una vez", acto, principal=False)


def _aplicacion() -> Iterator[Vigencia]:
    tablas = aplicacion.tablas()
    una = tablas.antiguedad
    yield _una("aplicacion", una.clave, "Qué es una deuda y cuál es más antigua", una.nombre, una)
    for numero, lugar in enumerate(tablas.lugares, 1):
        yield _una("aplicacion", lugar.clave, lugar.nombre, f"lugar {numero}", lugar)
    for cheque in tablas.cheques:
        valor = f"{cheque.porcentaje} % del cheque, pasados {cheque.dias} días"
        yield _una("aplicacion", "cheque", "Indemnización por cheque no pagado", valor, cheque)


def _plazos() -> Iterator[Vigencia]:
    for plazo in (p for versiones in loader.versiones_de_plazos().values() for p in versiones):
        yield _una("plazos", plazo.clave, plazo.nombre, plazo.descripcion, plazo)
    for regla in loader.dias_inhabiles():
        yield _una(f"inhabiles.{regla.lista}", regla.clave, regla.nombre, _cuando(regla), regla)


def _cuando(regla: loader.ReglaInhabil) -> str:
    """On which days a rule falls, in words."""
    if regla.fecha is not None:
        return fecha_en_palabras(regla.fecha)
    if regla.tipo == "dia_semana":
        return f"todos los {_DIAS[regla.dia_semana]}"
    mes = MESES[regla.mes - 1]
    if regla.tipo == "lunes_ordinal":
        return f"{_ORDINALES[regla.ordinal]} lunes de {mes}"
    dia = f"{regla.dia} de {mes}"
    return f"{dia} de {regla.anio} y cada {regla.cada} años" if regla.cada else f"{dia} de cada año"


def _suspensiones() -> Iterator[Vigencia]:
    for causal in suspensiones.causales().values():
        tope = f"hasta {loader.plazo(causal.tope).descripcion}" if causal.tope else "mientras dure la causa"
        suma = f"; en total {loader.plazo(causal.tope_suma).descripcion}" if causal.tope_suma else ""
        yield _una("suspensiones", causal.clave, causal.nombre, tope + suma, causal)


def _remate() -> Iterator[Vigencia]:
    for una in remate.todas():
        valores = {
            "postura_legal": (
                "Postura legal",
                f"{una.postura_numerador}/{una.postura_denominador} de la base",
            ),
            "deposito": ("Depósito para ofrecer", f"{una.deposito} % de lo que se ofrece"),
            "diferencia": ("Diferencia que pide perito tercero", f"más de {una.diferencia} %"),
            "adjudicacion": ("Adjudicación al Instituto", f"{una.adjudicacion} % del avalúo"),
            "ampliacion": (
                "Ampliación de la subasta",
                f"{una.ampliacion} minutos por una postura mejor en los últimos {una.ventana}",
            ),
            "hora": ("Hora en que abre y cierra la subasta", f"{una.hora:%H:%M}, hora del Centro"),
        }
        for clave, (nombre, valor) in valores.items():
            yield _una("remate", clave, nombre, valor, una)


def _riesgo() -> Iterator[Vigencia]:
    modelo = riesgo.modelo()
    for clave, factor in modelo.factores.items():
        yield Vigencia(
            grupo="riesgo",
            clave=clave,
            nombre=factor.texto,
            valor=f"{factor.por_unidad} puntos por cada uno, hasta {factor.tope}",
            cita=modelo.cita,
            publicacion=f"{CONFIGURACION}, versión {modelo.version}",
            confianza=modelo.confianza,
            nota="",
            vigente_desde=modelo.vigente_desde,
            vigente_hasta=None,
        )


def _una(grupo: str, clave: str, nombre: str, valor: str, dato: Dato, *, principal: bool = True) -> Vigencia:
    return Vigencia(
        grupo=grupo,
        clave=clave,
        nombre=nombre,
        valor=valor,
        principal=principal,
        cita=dato.cita,
        publicacion=dato.publicacion,
        confianza=dato.confianza,
        nota=dato.nota,
        vigente_desde=dato.vigente_desde,
        vigente_hasta=dato.vigente_hasta,
    )


def _pesos(cantidad: Decimal) -> str:
    return f"${cantidad:,.2f}"
