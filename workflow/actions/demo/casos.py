"""The stories of the denuncias: what happens to each and where it stands today. Texts are in casos.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from models.denuncia import Denuncia
from workflow.actions import plazo
from workflow.actions.demo.guion import FIRMA, Caso, Guion, Historia
from workflow.actions.demo.personas import Padron
from workflow.actions.demo.vida import Vida
from workflow.actions.demo.vidas import contar

_DATOS = Path(__file__).parent / "casos.yaml"
Fila = dict[str, Any]


@cache
def textos() -> dict[str, Any]:
    """Everything that casos.yaml says."""
    leido: dict[str, Any] = yaml.safe_load(_DATOS.read_text(encoding="utf-8"))
    return leido


class Denuncias:
    """Tells the stories of denuncias on a stage."""

    def __init__(self, guion: Guion, padron: Padron) -> None:
        self.g, self.padron = guion, padron
        self.hechas: list[Caso] = []
        self.con_clave: list[Caso] = []
        self.vidas: dict[
            str, Historia
        ] = {}  # registro patronal -> what follows the agreement of the committee

    def contar(self, fila: Fila) -> Historia:
        """The story of a row of casos.yaml."""
        historia: Historia = getattr(self, f"_{fila['historia']}")(fila)
        return historia

    # -- what everybody does -------------------------------------------------------------------------
    def presentar(self, fila: Fila, *, identificada: bool = True) -> Caso:
        """She files: answers that agree with one another, and her evidence."""
        patron = self.g.patron(fila["patron"])
        azar, motivo = self.padron.azar, fila["motivo"]
        salario = self.padron.salario(textos()["salario_registrado"])
        relatos = textos()["relatos"].get(motivo) or textos()["relatos"]["salario_menor"]
        respuestas = {
            "motivos": [motivo],
            "relato": azar.choice(relatos),
            "tipo": "trabajador",
            "registro_patronal": patron.registro_patronal,
            "nombre_patron": patron.nombre,
            "domicilio": patron.domicilio,
            "cp": patron.codigo_postal,
            "municipio": patron.municipio,
            "giro": patron.giro,
            "puesto": azar.choice(textos()["puestos"][patron.giro]),
            "personas": str(patron.trabajadores or ""),
            **salario,
            **self.padron.fechas(self.g.hoy, motivo, dos_anios="vida" in fila),
            **(self.padron.identidad() if identificada else {"identificarse": "no"}),
            **self.padron.contacto(),
        }
        archivos = self.padron.pruebas(int(fila.get("pruebas", 0)), patron, salario)
        caso = self.g.presentar(respuestas, archivos, str(fila.get("titulo", "")))
        self.hechas.append(caso)
        if fila.get("clave"):
            self.con_clave.append(caso)
        return caso

    def reparto(self, fila: Fila) -> Fila:
        """Who works in the unit of the story; `analista` is the one of this case."""
        gente: Fila = dict(textos()["reparto"][fila["unidad"]])
        lista = gente["analistas"]
        return {**gente, "analista": lista[int(fila.get("analista", 0)) % len(lista)]}

    def asignar(self, fila: Fila, caso: Caso) -> Historia:
        """The chief gives it to an analyst the next working day."""
        yield self.g.tras(1)
        gente = self.reparto(fila)
        datos: Fila = {"analista": self.g.id_de(gente["analista"]), "sin_conflicto": True}
        datos["prioridad"] = str(fila.get("prioridad", "normal"))
        if datos["prioridad"] != "normal":
            datos["motivo_prioridad"] = textos()["mensajes"]["prioridad"]
        self.g.hacer("asignar_denuncia", ("denuncia", caso.id), gente["jefe"], datos)

    def calificar(self, fila: Fila, caso: Caso, **datos: Any) -> None:
        """The analyst says what is to be done with it: admitted unless `datos` says otherwise."""
        base = {"calificacion": "admitida", "motivos": [fila["motivo"]]}
        analista = self.reparto(fila)["analista"]
        self.g.hacer("calificar_denuncia", ("denuncia", caso.id), analista, base | datos)

    def admitir(self, fila: Fila, caso: Caso) -> Historia:
        """Assigned, read and admitted."""
        yield from self.asignar(fila, caso)
        yield self.g.tras(self.padron.azar.randint(1, 3))
        self.calificar(fila, caso)

    def analizar(self, fila: Fila, caso: Caso, presuncion: str = "si") -> None:
        """The analysis that the dossier supports."""
        datos = self._analisis_de(fila, caso, presuncion)
        self.g.hacer("analizar_denuncia", ("denuncia", caso.id), self.reparto(fila)["analista"], datos)

    def _analisis_de(self, fila: Fila, caso: Caso, presuncion: str) -> Fila:
        analisis, si = textos()["analisis"], presuncion == "si"
        return {
            "hechos": [self._hecho(caso, "acreditado" if si else "no_acreditado")],
            "cruces": ["emision", "cfdi_nomina", "movimientos_afiliatorios"],
            "hallazgo_cruces": analisis["hallazgo" if si else "sin_hallazgo"],
            "norma_incumplida": ["15-I", "27"],
            "presuncion": presuncion,
            "trabajadores_afectados": self._afectados(fila),
            "riesgo_identificacion": "bajo",
            "resumen_sin_identidad": analisis["resumen" if si else "sin_resumen"],
            **({"acto_sugerido": fila.get("acto", "visita")} if si else {}),
        }

    def _afectados(self, fila: Fila) -> int:
        return max(3, int(self.g.patron(fila["patron"]).trabajadores or 10) // 3)

    def _hecho(self, caso: Caso, resultado: str) -> Fila:
        r = caso.respuestas
        dias = 7 if r["salario_periodo"] == "semana" else 15
        return {
            "motivo": r["motivos"][0],
            "periodo": self.periodo(caso),
            "salario_real": f"{float(r['salario_monto']) / dias:.2f}",
            "salario_registrado": r["salario_registrado"],
            "resultado": resultado,
        }

    def periodo(self, caso: Caso) -> dict[str, str]:
        """The days that she told about, until today while she still works there."""
        r = caso.respuestas
        return {"desde": r["fecha_inicio"], "hasta": r.get("fecha_fin") or self.g.hoy.isoformat()}

    # -- stories -------------------------------------------------------------------------------------
    def _presentada(self, fila: Fila) -> Historia:
        self.presentar(fila)
        yield from ()

    def _sin_identidad(self, fila: Fila) -> Historia:
        self.presentar(fila, identificada=False)
        yield from ()

    def _calificacion(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.asignar(fila, caso)
        yield self.g.tras(1)
        self.g.tomar("calificar_denuncia", ("denuncia", caso.id), self.reparto(fila)["analista"])

    def _analisis(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.admitir(fila, caso)
        if fila.get("borrador"):
            yield self.g.tras(3)
            datos = self._analisis_de(fila, caso, "si")
            self.g.borrador("analizar_denuncia", ("denuncia", caso.id), self.reparto(fila)["analista"], datos)

    def _prevenida(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.asignar(fila, caso)
        yield self.g.tras(2)
        self._prevenir(fila, caso)

    def _prevenir(self, fila: Fila, caso: Caso) -> None:
        self.calificar(
            fila,
            caso,
            calificacion="incompleta",
            faltantes=["periodo", "pruebas"],
            mensaje=textos()["mensajes"]["prevencion"],
            motivo="Sin la fecha de ingreso no se puede fijar el periodo que se revisaría.",
        )

    def _respondida(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.asignar(fila, caso)
        yield self.g.tras(2)
        self._prevenir(fila, caso)
        yield self.g.tras(4)
        recibos = self.padron.pruebas(1, self.g.patron(fila["patron"]), caso.respuestas)
        self.g.en_buzon(caso, "responder", textos()["mensajes"]["respuesta"], recibos)

    def _evidencia(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.admitir(fila, caso)
        yield self.g.tras(3)
        recibos = self.padron.pruebas(1, self.g.patron(fila["patron"]), caso.respuestas)
        self.g.en_buzon(caso, "aportar_evidencia", textos()["mensajes"]["evidencia"], recibos)

    def _represalia(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.admitir(fila, caso)
        yield self.g.hace(1)
        self.g.en_buzon(caso, "reportar_represalia", ["amenaza"], textos()["mensajes"]["represalia"])

    def _suspendida(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.admitir(fila, caso)
        yield self.g.tras(6)
        with self.g.como(self.g.persona(self.reparto(fila)["jefe"])) as ctx:
            plazo.suspender(ctx, "denuncia", caso.id, "fuerza_mayor", "", self.g.hoy)

    def _por_revisar(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.admitir(fila, caso)
        yield self.g.tras(12)
        self.analizar(fila, caso, "no")
        yield self.g.tras(1)
        self.g.tomar("revisar_dictamen", ("denuncia", caso.id), self.reparto(fila)["jefe"])

    def _negativa(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.admitir(fila, caso)
        yield self.g.tras(11)
        self.analizar(fila, caso, "no")
        yield self.g.tras(2)
        jefe = self.reparto(fila)["jefe"]
        self.g.hacer("revisar_dictamen", ("denuncia", caso.id), jefe, {"visto_bueno": True})
        yield self.g.tras(3)
        self.g.hacer("responder_denunciante", ("denuncia", caso.id), jefe, {"oficio": FIRMA})

    def _desistida(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.admitir(fila, caso)
        yield self.g.tras(6)
        self.g.en_buzon(caso, "desistir", textos()["mensajes"]["desistir"])
        yield self.g.tras(2)
        gente = self.reparto(fila)
        datos = {
            "medio": "presencial",
            "entrevista_reservada": True,
            "hubo_presion": False,
            "desistimiento_valido": True,
        }
        self.g.hacer("ratificar_desistimiento", ("denuncia", caso.id), gente["analista"], datos)
        yield self.g.tras(3)
        self.g.hacer("responder_denunciante", ("denuncia", caso.id), gente["jefe"], {"oficio": FIRMA})

    def _desistimiento(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.admitir(fila, caso)
        yield self.g.hace(2)
        self.g.en_buzon(caso, "desistir", textos()["mensajes"]["desistir_pendiente"])

    def _otra_unidad(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.asignar(fila, caso)
        yield self.g.tras(2)
        self.calificar(
            fila,
            caso,
            calificacion="otra_unidad",
            unidad_destino=self.g.unidad_id("1101"),
            motivo="El centro de trabajo está en el territorio de León.",
        )

    def _turnada(self, fila: Fila) -> Historia:
        caso = self.presentar(fila)
        yield from self.asignar(fila, caso)
        yield self.g.tras(2)
        self.calificar(
            fila,
            caso,
            calificacion="otra_autoridad",
            autoridad_destino="profedet",
            motivo="Reclama vacaciones y prima dominical: es materia laboral.",
        )
        yield self.g.tras(2)
        gente = self.reparto(fila)
        datos = {"autoridad": "profedet", "consentimiento": False, "oficio": FIRMA}
        self.g.hacer("turnar_denuncia", ("denuncia", caso.id), gente["jefe"], datos)
        yield self.g.tras(2)
        self.g.hacer("responder_denunciante", ("denuncia", caso.id), gente["jefe"], {"oficio": FIRMA})

    def _unida(self, fila: Fila) -> Historia:
        """One more denuncia of an employer that already has an open proposal."""
        caso = self.presentar(fila)
        yield from self.admitir(fila, caso)
        yield self.g.tras(self.padron.azar.randint(8, 14))
        self.analizar(fila, caso)
        yield self.g.tras(2)
        propuesta = self.g.propuestas.get(fila["patron"])
        if propuesta is None:
            return
        datos = {"destino": "ampliada", "propuesta": propuesta, "resumen_confirmado": True}
        self.g.hacer("revisar_propuesta", ("denuncia", caso.id), self.reparto(fila)["jefe"], datos)

    def _propuesta(self, fila: Fila) -> Historia:
        """Up to a proposal in ficha, waiting for validation, or validated for an agenda."""
        caso = self.presentar(fila)
        yield from self.admitir(fila, caso)
        yield self.g.tras(6)
        self.analizar(fila, caso)
        yield self.g.tras(2)
        gente = self.reparto(fila)
        datos = {"destino": "nueva", "resumen_confirmado": True}
        self.g.hacer("revisar_propuesta", ("denuncia", caso.id), gente["jefe"], datos)
        propuesta = self._propuesta_de(caso)
        self.g.propuestas[fila["patron"]] = propuesta
        if fila["destino"] == "ficha":
            return
        yield self.g.tras(4 if fila["destino"] != "sesion" else 12)
        self.g.hacer("completar_ficha", ("propuesta", propuesta), gente["jefe"], self._ficha(fila, caso))
        if fila["destino"] == "por_validar":
            return
        yield self.g.tras(2)
        valida = {"validacion": "valida"}
        self.g.hacer("validar_propuesta", ("propuesta", propuesta), gente["titular"], valida)
        if "vida" in fila:
            self.vidas[fila["patron"]] = contar(self._vida(fila, caso), textos()["tramos"])

    def _vida(self, fila: Fila, caso: Caso) -> Vida:
        return Vida(self.g, fila, textos()["reparto"][fila["unidad"]], caso)

    def _ficha(self, fila: Fila, caso: Caso) -> Fila:
        patron = self.g.patron(fila["patron"])
        periodos = self._vida(fila, caso).periodos() if "vida" in fila else [self.periodo(caso)]
        return {
            "ficha": "completa",
            "acto": fila.get("acto", "visita"),
            "ejercicios": [{"periodo": periodo} for periodo in periodos],
            "contribuciones": fila.get("contribuciones", ["cop"]),
            "universo": "todo",
            "registros": [{"rp": patron.registro_patronal}],
            "trabajadores": self._afectados(fila),
            "urgente": bool(fila.get("urgente")),
            "razones": textos()["analisis"]["razones"],
        }

    def _propuesta_de(self, caso: Caso) -> int:
        with self.g.como() as ctx:
            propuesta = ctx.session.get_one(Denuncia, caso.id).propuesta_id
        assert propuesta is not None
        return propuesta
