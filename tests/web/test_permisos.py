"""Who sees which rows: scope, relation, committee from the call to the acta, conflicts, substitutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from models.acto import Acto, EstadoActo
from models.comite import (
    Asiento,
    Asistencia,
    Asunto,
    Cargo,
    Comite,
    EstadoSesion,
    Excusa,
    MotivoExcusa,
    Sesion,
)
from models.denuncia import Canal, Denuncia
from models.documento import Documento, OrigenDocumento
from models.expediente import Expediente
from models.organizacion import Ooad, Rol, Subdelegacion, Usuario, UsuarioRol
from models.patron import Patron
from models.plazo import Plazo
from models.propuesta import OrigenPropuesta, Propuesta, TipoActo
from workflow.context import SISTEMA, Actor
from workflow.queries.visible import REGLAS, visible_to

R = Rol
HOY = dt.datetime(2026, 11, 20, 15, tzinfo=dt.UTC)


class Mundo:
    """Two units of one OOAD and one of another; a case of each noun in the first."""

    def __init__(self, s: Session) -> None:
        self.s = s
        self.ooad, self.otro = Ooad(clave="A", nombre="A"), Ooad(clave="B", nombre="B")
        s.add_all([self.ooad, self.otro])
        s.flush()
        self.unidad = self._unidad("1", self.ooad)
        self.vecina = self._unidad("2", self.ooad)
        self.lejana = self._unidad("3", self.otro)
        self.personas: dict[str, Usuario] = {}
        self.patron = self._poner(
            Patron(registro_patronal="A0000000001", nombre="Patrón", subdelegacion_id=self.unidad.id)
        )
        self.expediente = self._poner(
            Expediente(folio="EXP-1", subdelegacion_id=self.unidad.id, abierto_en=HOY)
        )
        comun = {"expediente_id": self.expediente.id, "subdelegacion_id": self.unidad.id}
        self.ana = self.persona("ana", R.ANALISTA_AUDITORIA)
        self.denuncia = self._poner(
            Denuncia(
                folio="DEN-1",
                canal=Canal.WEB,
                presentada_en=HOY,
                digesto="0",
                clave_hash="x",
                identificada=True,
                hechos={},
                analista_id=self.ana.usuario_id,
                **comun,
            )
        )
        self.propuesta = self._poner(
            Propuesta(
                folio="PRO-1",
                origen=OrigenPropuesta.DENUNCIA,
                patron_id=self.patron.id,
                integrada_en=HOY,
                **comun,
            )
        )
        self.acto = self._poner(
            Acto(
                folio="ACT-1",
                tipo=TipoActo.VISITA,
                patron_id=self.patron.id,
                periodos=[],
                alcance={},
                auditores=[],
                programado_en=HOY,
                **comun,
            )
        )
        self._comite(comun)

    def _comite(self, comun: dict[str, int]) -> None:
        self.vocal, self.suplente = self.persona("vocal", R.VOCAL), self.persona("suplente", R.AUDITOR)
        comite = self._poner(Comite(nombre="C", subdelegacion_id=self.unidad.id, vigente_desde=HOY.date()))
        self.asiento = self._poner(
            Asiento(
                comite_id=comite.id,
                orden=1,
                nombre="Vocalía",
                cargo=Cargo.VOCALIA,
                usuario_id=self.vocal.usuario_id,
            )
        )
        self.sesion = self._poner(
            Sesion(
                folio="SES-1",
                comite_id=comite.id,
                estado=EstadoSesion.CONVOCADA,
                convocada_en=HOY,
                **comun,
            )
        )
        self.asistencia = self._poner(
            Asistencia(sesion_id=self.sesion.id, asiento_id=self.asiento.id, usuario_id=self.vocal.usuario_id)
        )
        self.asunto = self._poner(Asunto(sesion_id=self.sesion.id, propuesta_id=self.propuesta.id, orden=1))

    def _unidad(self, clave: str, ooad: Ooad) -> Subdelegacion:
        return self._poner(Subdelegacion(ooad_id=ooad.id, clave=clave, nombre=clave))

    def _poner(self, fila: Any) -> Any:
        self.s.add(fila)
        self.s.flush()
        return fila

    def persona(
        self,
        nombre: str,
        *roles: Rol,
        unidad: Subdelegacion | None = None,
        de_ooad: Ooad | None = None,
        central: bool = False,
    ) -> Actor:
        """Somebody of the first unit, unless said otherwise."""
        suya = None if de_ooad or central else (unidad or self.unidad)
        usuario = self._poner(
            Usuario(
                correo=f"{nombre}@example.mx",
                nombre=nombre,
                clave_hash="x",
                subdelegacion_id=suya.id if suya else None,
                ooad_id=de_ooad.id if de_ooad else None,
                roles=[UsuarioRol(rol=r) for r in roles],
            )
        )
        ooad_id = suya.ooad_id if suya else (de_ooad.id if de_ooad else None)
        return Actor("persona", usuario.id, nombre, frozenset(roles), usuario.subdelegacion_id, ooad_id)

    def ve(self, actor: Actor, modelo: type[Any]) -> bool:
        """Whether the one row of the noun is seen."""
        return self.s.scalar(select(modelo.id).where(visible_to(actor, modelo))) is not None

    def excusar(self, motivo: MotivoExcusa = MotivoExcusa.INTERES) -> None:
        """The seat declares a conflict on the matter."""
        self._poner(
            Excusa(asunto_id=self.asunto.id, asiento_id=self.asiento.id, motivo=motivo, declarada_en=HOY)
        )


@pytest.fixture
def m(sesion: Session) -> Mundo:
    """The world, not committed."""
    return Mundo(sesion)


CASOS = [Denuncia, Propuesta, Acto]
PERSONAS: dict[str, tuple[Callable[[Mundo], Actor], tuple[type[Any], ...]]] = {
    "analista del caso": (lambda m: m.ana, (Denuncia,)),
    "otra analista": (lambda m: m.persona("x", R.ANALISTA_AUDITORIA), ()),
    "jefatura": (lambda m: m.persona("x", R.JEFE_AUDITORIA), (Denuncia, Propuesta, Acto)),
    "jefatura vecina": (lambda m: m.persona("x", R.JEFE_AUDITORIA, unidad=m.vecina), ()),
    "jefatura lejana": (lambda m: m.persona("x", R.JEFE_AUDITORIA, unidad=m.lejana), ()),
    "titular": (lambda m: m.persona("x", R.SUBDELEGADO), (Propuesta, Acto)),
    "supervisión": (
        lambda m: m.persona("x", R.SUPERVISION_AUDITORIA, de_ooad=m.ooad),
        (Denuncia, Propuesta, Acto),
    ),
    "supervisión de otro OOAD": (lambda m: m.persona("x", R.TITULAR_JSAC, de_ooad=m.otro), ()),
    "supervisión central": (
        lambda m: m.persona("x", R.SUPERVISION_AUDITORIA, central=True),
        (Denuncia, Propuesta, Acto),
    ),
    "vocal con la propuesta en su orden del día": (lambda m: m.vocal, (Propuesta,)),
    "vocal de otro comité": (lambda m: m.persona("x", R.VOCAL), ()),
    "jurídico antes del proyecto": (lambda m: m.persona("x", R.JURIDICO), ()),
    "cobranza": (lambda m: m.persona("x", R.JEFE_COBRANZA), ()),
    "administración": (lambda m: m.persona("x", R.ADMINISTRADOR, central=True), ()),
    "órgano revisor": (lambda m: m.persona("x", R.ORGANO_REVISOR, central=True), ()),
    "custodia": (lambda m: m.persona("x", R.CUSTODIO_IDENTIDAD, de_ooad=m.ooad), ()),
    "nadie en particular": (lambda m: Actor("denunciante"), ()),
    "ella misma": (lambda m: Actor("denunciante", denuncia_id=m.denuncia.id), (Denuncia,)),
    "el sistema": (lambda m: SISTEMA, (Denuncia, Propuesta, Acto)),
}


@pytest.mark.parametrize("quien", PERSONAS)
def test_quien_ve_cada_caso(m: Mundo, quien: str) -> None:
    hacer, ve = PERSONAS[quien]
    actor = hacer(m)
    assert {modelo for modelo in CASOS if m.ve(actor, modelo)} == set(ve)
    assert m.ve(actor, Expediente) == bool(ve) or quien.startswith("vocal")


@pytest.mark.parametrize("estado", list(EstadoSesion))
def test_el_comite_ve_el_expediente_de_la_convocatoria_al_acta(m: Mundo, estado: EstadoSesion) -> None:
    m.sesion.estado = estado
    m.s.flush()
    dentro = estado in (EstadoSesion.CONVOCADA, EstadoSesion.INSTALADA, EstadoSesion.ACTA_EN_FIRMA)
    assert m.ve(m.vocal, Propuesta) is dentro
    assert not m.ve(m.vocal, Denuncia)
    assert m.ve(m.vocal, Sesion)


def test_antes_de_convocar_sólo_la_mesa(m: Mundo) -> None:
    m.s.delete(m.asistencia)
    m.sesion.estado, m.sesion.convocada_en = EstadoSesion.EN_PREPARACION, None
    m.s.flush()
    assert not m.ve(m.vocal, Sesion)
    m.asiento.cargo = Cargo.SECRETARIA
    m.s.flush()
    assert m.ve(m.vocal, Sesion)


def test_quien_se_excusa_deja_de_ver(m: Mundo) -> None:
    assert m.ve(m.vocal, Propuesta)
    assert m.ve(m.vocal, Asunto)
    m.excusar()
    assert not m.ve(m.vocal, Propuesta)
    assert not m.ve(m.vocal, Asunto)
    assert m.ve(m.vocal, Sesion)


def test_el_conflicto_pesa_más_que_el_cargo(m: Mundo) -> None:
    jefa = replace(m.vocal, roles=frozenset({R.JEFE_AUDITORIA, R.VOCAL}))
    m.excusar()
    assert not m.ve(jefa, Propuesta)


def test_haber_analizado_quita_el_voto_no_el_trabajo(m: Mundo) -> None:
    jefa = replace(m.vocal, roles=frozenset({R.JEFE_AUDITORIA, R.VOCAL}))
    m.excusar(MotivoExcusa.PARTICIPO_EN_ANALISIS)
    assert m.ve(jefa, Propuesta)
    assert not m.ve(jefa, Asunto)
    assert not m.ve(m.vocal, Propuesta)


def test_el_suplente_ve_por_el_asiento_y_el_titular_no(m: Mundo) -> None:
    assert not m.ve(m.suplente, Propuesta)
    m.asistencia.usuario_id, m.asistencia.es_suplente = m.suplente.usuario_id, True
    m.s.flush()
    assert m.ve(m.suplente, Propuesta)
    assert not m.ve(m.vocal, Propuesta)


def test_el_auditor_ve_su_acto(m: Mundo) -> None:
    auditor = m.persona("auditor", R.AUDITOR)
    for lista, ve in [([], False), ([auditor.usuario_id], True), ([1_000_000 + auditor.usuario_id], False)]:
        m.acto.auditores = lista
        m.s.flush()
        assert m.ve(auditor, Acto) is ve, lista
    m.acto.auditores = [7_000_001, auditor.usuario_id, 7_000_002]
    m.s.flush()
    assert m.ve(auditor, Acto)


def test_juridico_desde_el_proyecto(m: Mundo) -> None:
    m.acto.estado = EstadoActo.EN_RESOLUCION
    m.s.flush()
    assert m.ve(m.persona("abogada", R.JURIDICO), Acto)


def test_quien_suple_ve_lo_de_quien_falta(m: Mundo) -> None:
    jefe = m.persona("jefe", R.JEFE_AUDITORIA)
    otra = m.persona("otra", R.ANALISTA_AUDITORIA)
    assert not m.ve(otra, Denuncia)
    assert m.ve(replace(otra, suplencias=frozenset({m.ana.usuario_id})), Denuncia)
    assert m.ve(replace(otra, suplencias=frozenset({jefe.usuario_id})), Denuncia)
    lejano = m.persona("lejano", R.JEFE_AUDITORIA, unidad=m.lejana)
    assert not m.ve(replace(otra, suplencias=frozenset({lejano.usuario_id})), Denuncia)


def _documento(m: Mundo, tipo: str, sujeto_tipo: str, sujeto_id: int, **mas: Any) -> Documento:
    return m._poner(
        Documento(
            tipo=tipo,
            titulo=tipo,
            origen=OrigenDocumento.EMITIDO,
            sujeto_tipo=sujeto_tipo,
            sujeto_id=sujeto_id,
            expediente_id=m.expediente.id,
            nombre="x.pdf",
            mime="application/pdf",
            emitido_en=HOY,
            **mas,
        )
    )


def test_los_documentos_siguen_a_su_sujeto(m: Mundo) -> None:
    _documento(m, "dictamen_analisis", "denuncia", m.denuncia.id)
    assert m.ve(m.ana, Documento)
    assert not m.ve(m.vocal, Documento)
    ella = Actor("denunciante", denuncia_id=m.denuncia.id)
    assert not m.ve(ella, Documento)
    _documento(m, "acuse", "denuncia", m.denuncia.id, para_denunciante=True)
    assert m.ve(ella, Documento)
    assert not m.ve(Actor("denunciante", denuncia_id=m.denuncia.id + 1), Documento)


def test_como_voto_cada_quien_no_se_ve_hasta_sellar(m: Mundo) -> None:
    otra = m.persona("otra", R.VOCAL)
    silla = m._poner(
        Asiento(
            comite_id=m.asiento.comite_id,
            orden=2,
            nombre="Otra",
            cargo=Cargo.VOCALIA,
            usuario_id=otra.usuario_id,
        )
    )
    m._poner(Asistencia(sesion_id=m.sesion.id, asiento_id=silla.id, usuario_id=otra.usuario_id))
    _documento(m, "constancia_voto", "asunto", m.asunto.id, emitido_por=m.vocal.usuario_id)
    assert m.ve(m.vocal, Documento)
    assert not m.ve(otra, Documento)
    m.asunto.sello = "0" * 64
    m.s.flush()
    assert m.ve(otra, Documento)


def test_los_plazos_siguen_a_su_sujeto(m: Mundo) -> None:
    m._poner(
        Plazo(
            clave="sla_analisis",
            nombre="Analizar",
            sujeto_tipo="denuncia",
            sujeto_id=m.denuncia.id,
            expediente_id=m.expediente.id,
            subdelegacion_id=m.unidad.id,
            longitud=20,
            unidad="habiles",
            inicio="dia_siguiente",
            desde=HOY.date(),
            vence=HOY.date(),
            dispara_en=HOY,
            cita="x",
            confianza="diseno",
            abierto_en=HOY,
        )
    )
    assert m.ve(m.ana, Plazo)
    assert not m.ve(m.persona("x", R.JEFE_AUDITORIA, unidad=m.vecina), Plazo)
    assert m.ve(Actor("denunciante", denuncia_id=m.denuncia.id), Plazo)


def test_lo_que_no_tiene_regla_no_se_lista() -> None:
    with pytest.raises(KeyError):
        visible_to(SISTEMA, Usuario)


def test_las_reglas_valen_dentro_de_cualquier_consulta(m: Mundo) -> None:
    """A rule speaks of its own tables even where the query around it uses them too."""
    for modelo in REGLAS:
        for otro in (Asunto, Sesion, Asistencia, Denuncia, Expediente):
            if otro is modelo:
                continue
            sola = m.s.scalars(select(modelo.id).where(visible_to(m.vocal, modelo))).all()
            consulta = select(modelo.id).select_from(modelo).join(otro, true())
            junto = m.s.scalars(consulta.where(visible_to(m.vocal, modelo)).distinct()).all()
            assert sorted(sola) == sorted(junto), (modelo, otro)
