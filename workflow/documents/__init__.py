"""Documents: frozen data in, sealed PDF out. One class per document noun, one template each."""

from workflow.documents.acta_adjudicacion import ActaAdjudicacion
from workflow.documents.acta_comite import (
    ActaComite,
    AcuerdoActa,
    AsuntoActa,
    ExcusaActa,
    Incidencia,
    MocionActa,
    Observacion,
    VotoActa,
)
from workflow.documents.acta_embargo import ActaEmbargo, BienActa
from workflow.documents.acta_entrega import ActaEntrega, BienEntregado
from workflow.documents.acta_entrega_bien import ActaEntregaBien
from workflow.documents.acta_remate import ActaRemate, PosturaActa
from workflow.documents.acta_visita import (
    ActaFinal,
    ActaInicio,
    ActaOposicion,
    ActaParcial,
    ActaVisita,
    HechoActa,
    Testigo,
    UltimaActaParcial,
    Visitador,
)
from workflow.documents.acuerdo import Acuerdo
from workflow.documents.acuerdo_cancelacion import AcuerdoCancelacion
from workflow.documents.acuerdo_enajenacion import AcuerdoEnajenacion
from workflow.documents.acuerdo_estrados import AcuerdoEstrados
from workflow.documents.acuse import Acuse, Parte, Paso
from workflow.documents.autoridad import Autoridad, Destinatario, Firma, ModoFirma, Oficio, denunciante
from workflow.documents.avaluo_bien import AvaluoBien
from workflow.documents.cedula_liquidacion import (
    CedulaLiquidacion,
    ConceptoLiquidado,
    MultaImpuesta,
    PasoCalculo,
    PeriodoLiquidado,
)
from workflow.documents.citatorio import Citatorio
from workflow.documents.citatorio_visita import CitatorioVisita
from workflow.documents.constancia_estrados import ConstanciaEstrados
from workflow.documents.constancia_insolvencia import ConstanciaInsolvencia, Gestion
from workflow.documents.constancia_notificacion import ConstanciaNotificacion, HechoNotificacion
from workflow.documents.constancia_restitucion import (
    ConstanciaRestitucion,
    EtapaDelLibro,
    MovimientoRestituido,
)
from workflow.documents.constancia_retiro import ConstanciaRetiro
from workflow.documents.constancia_sin_quorum import ConstanciaSinQuorum
from workflow.documents.constancia_voto import ConstanciaVoto
from workflow.documents.convocatoria import Convocado, Convocatoria, PuntoOrden
from workflow.documents.convocatoria_remate import ConvocatoriaRemate
from workflow.documents.declaratoria_prescripcion import DeclaratoriaPrescripcion
from workflow.documents.dictamen_analisis import DictamenAnalisis, Hecho, PruebaValorada
from workflow.documents.edicto import Edicto
from workflow.documents.ficha_propuesta import FichaPropuesta, Razon
from workflow.documents.identidad import Grado, Hallazgo, revisar_identidad
from workflow.documents.liquidacion_aplicacion import AbonoAplicado, LiquidacionAplicacion
from workflow.documents.lista_asistencia import Asistente, ListaAsistencia, Quorum
from workflow.documents.mandamiento import CreditoCobro, Mandamiento
from workflow.documents.nombramiento import Nombramiento
from workflow.documents.oficio_conclusion import OficioConclusion
from workflow.documents.oficio_inmovilizacion import OficioInmovilizacion
from workflow.documents.oficio_prevencion import OficioPrevencion
from workflow.documents.oficio_respuesta import OficioRespuesta, Remedio, frase_de
from workflow.documents.oficio_sustitucion import OficioSustitucion
from workflow.documents.oficio_turno import OficioTurno
from workflow.documents.oficio_visita import ConstanciaCorreccion, OficioReposicion, OficioVisita
from workflow.documents.orden_visita import Nombrado, OrdenVisita, SolicitudGabinete
from workflow.documents.patron import PatronDocumento, Periodo
from workflow.documents.razon_busqueda import RazonBusqueda
from workflow.documents.render import Documento, FuentesFaltantes, preparar, render, sellar
from workflow.documents.requerimiento import Requerimiento
from workflow.documents.resolucion_aclaracion import ResolucionAclaracion
from workflow.documents.resolucion_sin_efectos import ResolucionSinEfectos
from workflow.documents.seal import Sellado

__all__ = [
    "AbonoAplicado",
    "ActaAdjudicacion",
    "ActaComite",
    "ActaEmbargo",
    "ActaEntrega",
    "ActaEntregaBien",
    "ActaFinal",
    "ActaInicio",
    "ActaOposicion",
    "ActaParcial",
    "ActaRemate",
    "ActaVisita",
    "Acuerdo",
    "AcuerdoActa",
    "AcuerdoCancelacion",
    "AcuerdoEnajenacion",
    "AcuerdoEstrados",
    "Acuse",
    "Asistente",
    "AsuntoActa",
    "Autoridad",
    "AvaluoBien",
    "BienActa",
    "BienEntregado",
    "CedulaLiquidacion",
    "Citatorio",
    "CitatorioVisita",
    "ConceptoLiquidado",
    "ConstanciaCorreccion",
    "ConstanciaEstrados",
    "ConstanciaInsolvencia",
    "ConstanciaNotificacion",
    "ConstanciaRestitucion",
    "ConstanciaRetiro",
    "ConstanciaSinQuorum",
    "ConstanciaVoto",
    "Convocado",
    "Convocatoria",
    "ConvocatoriaRemate",
    "CreditoCobro",
    "DeclaratoriaPrescripcion",
    "Destinatario",
    "DictamenAnalisis",
    "Documento",
    "Edicto",
    "EtapaDelLibro",
    "ExcusaActa",
    "FichaPropuesta",
    "Firma",
    "FuentesFaltantes",
    "Gestion",
    "Grado",
    "Hallazgo",
    "Hecho",
    "HechoActa",
    "HechoNotificacion",
    "Incidencia",
    "LiquidacionAplicacion",
    "ListaAsistencia",
    "Mandamiento",
    "MocionActa",
    "ModoFirma",
    "MovimientoRestituido",
    "MultaImpuesta",
    "Nombrado",
    "Nombramiento",
    "Observacion",
    "Oficio",
    "OficioConclusion",
    "OficioInmovilizacion",
    "OficioPrevencion",
    "OficioReposicion",
    "OficioRespuesta",
    "OficioSustitucion",
    "OficioTurno",
    "OficioVisita",
    "OrdenVisita",
    "Parte",
    "Paso",
    "PasoCalculo",
    "PatronDocumento",
    "Periodo",
    "PeriodoLiquidado",
    "PosturaActa",
    "PruebaValorada",
    "PuntoOrden",
    "Quorum",
    "Razon",
    "RazonBusqueda",
    "Remedio",
    "Requerimiento",
    "ResolucionAclaracion",
    "ResolucionSinEfectos",
    "Sellado",
    "SolicitudGabinete",
    "Testigo",
    "UltimaActaParcial",
    "Visitador",
    "VotoActa",
    "denunciante",
    "frase_de",
    "preparar",
    "render",
    "revisar_identidad",
    "sellar",
]
