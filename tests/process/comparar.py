"""What a scenario expects, compared with the rows that people would see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from models.acto import Acto
from models.base import Base
from models.bitacora import Entrada
from models.comite import Asunto, Sesion
from models.credito import Credito
from models.denuncia import Denuncia
from models.plazo import Plazo
from models.proceso import Incidente, Instancia, Mensaje, Paso, Tarea
from models.propuesta import Propuesta
from tests.process.referencias import Referencias
from workflow.context import Ctx

MODELOS = {
    "acto": Acto,
    "denuncia": Denuncia,
    "propuesta": Propuesta,
    "sesion": Sesion,
    "asunto": Asunto,
    "credito": Credito,
}


class Comparador(Referencias):
    """`espera` of a step and `fin` of a scenario."""

    def _espera(self, esperado: dict[str, Any]) -> None:
        """`abiertas`, `estado`, `plazos`, `fin`, `camino`, `mensajes`, `filas`, by noun."""
        for que, de_quien in esperado.items():
            for nombre, valor in de_quien.items():
                with self.obra.como() as ctx:
                    getattr(self, f"_ver_{que}")(ctx, nombre, valor)

    def _ver_abiertas(self, ctx: Ctx, nombre: str, valor: list[str]) -> None:
        nombre, _, proceso = nombre.partition("/")
        instancia = self._instancia(ctx, nombre, proceso or None)
        filas = select(Tarea.nodo).where(Tarea.instancia_id == instancia.id, Tarea.estado == "abierta")
        abiertas = sorted(ctx.session.scalars(filas))
        assert abiertas == sorted(valor), f"{nombre}: abiertas {abiertas}"

    def _ver_roles(self, ctx: Ctx, nombre: str, valor: dict[str, str]) -> None:
        instancia = self._instancia(ctx, nombre)
        filas = select(Tarea.nodo, Tarea.rol).where(
            Tarea.instancia_id == instancia.id, Tarea.estado == "abierta"
        )
        assert dict(ctx.session.execute(filas).all()) == valor

    def _ver_estado(self, ctx: Ctx, nombre: str, valor: Any) -> None:
        """A state, or several fields of the noun; `d1/propuesta`, `d1/asunto`, `d1/acto` go further."""
        nombre, _, tipo = nombre.partition("/")
        if tipo:
            modelo = {"propuesta": Propuesta, "asunto": Asunto, "acto": Acto}[tipo]
            fila = ctx.session.get_one(modelo, self._buscar(ctx, tipo, nombre))
        else:
            fila = ctx.session.get_one(MODELOS[self.ids[nombre][0]], self.ids[nombre][1])
        campos = {"estado": valor} if isinstance(valor, str) else valor
        for campo, debe in campos.items():
            tiene = getattr(fila, campo)
            tiene = getattr(tiene, "value", tiene)
            assert tiene == debe, f"{nombre}.{campo}: {tiene} y no {debe}"

    def _ver_plazos(self, ctx: Ctx, nombre: str, valor: dict[str, str | None]) -> None:
        """Dates of the open terms; None: it must not be open."""
        nombre, _, tipo = nombre.partition("/")
        sujeto_tipo, sujeto_id = (tipo, self._buscar(ctx, tipo, nombre)) if tipo else self.ids[nombre]
        abiertos = {
            plazo.clave: plazo.vence.isoformat()
            for plazo in ctx.session.scalars(
                select(Plazo).where(
                    Plazo.sujeto_tipo == sujeto_tipo, Plazo.sujeto_id == sujeto_id, Plazo.cerrado_en.is_(None)
                )
            )
        }
        for clave, debe in valor.items():
            if debe == "abierto":
                assert clave in abiertos, f"{nombre}: no corre {clave}; corren {abiertos}"
            else:
                assert abiertos.get(clave) == debe, f"{nombre}.{clave}: {abiertos.get(clave)} y no {debe}"

    def _ver_fin(self, ctx: Ctx, nombre: str, valor: str | None) -> None:
        """End events reached at the top; None: still running."""
        nombre, _, proceso = nombre.partition("/")
        instancia = self._instancia(ctx, nombre, proceso or None)
        if valor is None:
            assert instancia.estado == "activa", f"{nombre}: terminó en {instancia.fin}"
        else:
            assert instancia.estado == "terminada", f"{nombre}: sigue {instancia.estado}"
            assert valor in (instancia.fin or "").split(","), f"{nombre}: fin {instancia.fin}"

    def _ver_camino(self, ctx: Ctx, nombre: str, valor: list[str]) -> None:
        """Nodes completed, in this order (others may stand between)."""
        nombre, _, proceso = nombre.partition("/")
        instancia = self._instancia(ctx, nombre, proceso or None)
        hechos = list(
            ctx.session.scalars(
                select(Paso.nodo)
                .where(Paso.instancia_id == instancia.id, Paso.evento == "hecho")
                .order_by(Paso.id)
            )
        )
        resto = iter(hechos)
        faltan = [nodo for nodo in valor if nodo not in resto]
        assert not faltan, f"{nombre}: no pasó por {faltan}; pasó por {hechos}"

    def _ver_mensajes(self, ctx: Ctx, nombre: str, valor: int) -> None:
        """How many messages of a name were sent."""
        cuantos = ctx.session.scalar(select(func.count(Mensaje.id)).where(Mensaje.nombre == nombre))
        assert cuantos == valor, f"{nombre}: {cuantos} mensajes"

    def _ver_filas(self, ctx: Ctx, nombre: str, valor: int) -> None:
        """How many rows a table has."""
        tabla = Base.metadata.tables[nombre]
        cuantas = ctx.session.scalar(select(func.count()).select_from(tabla))
        assert cuantas == valor, f"{nombre}: {cuantas} filas"

    def _comprobar(self) -> None:
        """No incident; what people see is what the engine holds; the log is whole."""
        with self.obra.como() as ctx:
            incidentes = [f"{i.que}: {i.causa}" for i in ctx.session.scalars(select(Incidente))]
            assert not incidentes, incidentes
            activas = list(ctx.session.scalars(select(Instancia.id).where(Instancia.estado == "activa")))
            for instancia_id in activas:
                caso = ctx.engine.lock(ctx, instancia_id)
                motor = sorted(str(t.id) for t in caso.engine.open_tasks())
                filas = select(Tarea.nodo_motor).where(
                    Tarea.instancia_id == instancia_id, Tarea.estado == "abierta"
                )
                assert motor == sorted(ctx.session.scalars(filas)), "la bandeja no es lo que dice el motor"
            ctx.session.rollback()
            assert ctx.session.scalar(select(func.count(Entrada.id)))
