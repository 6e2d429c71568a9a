"""Two different people at once on what can be done once: one does it, the other is told and keeps what she wrote."""

from __future__ import annotations

import datetime as dt
import io
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import func, select

from models.notificacion import DiligenciaNotificacion
from models.organizacion import Rol, UsuarioRol
from models.pago import Pago
from models.restitucion import Restitucion
from tests.factories import cuenta as fabrica
from tests.factories.casa import ZONA, Obra
from tests.integration.dominio.apoyo import Juego
from tests.web.personal import Oficina, campos_de
from tests.web.publico import Persona
from tests.web.test_remates import BIEN, Subasta
from tests.web.test_restituciones import PDF, determinado
from workflow.adapters import reloj

pytestmark = pytest.mark.una_base("postgresql")
ESPERA_S = 60


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    app.config["WTF_CSRF_ENABLED"] = False
    return Oficina(app)


def a_la_vez(*envios: Callable[[], Any]) -> list[Any]:
    """The answers of the requests, sent at the same moment."""
    respuestas: list[Any] = [None] * len(envios)
    puerta = threading.Barrier(len(envios))

    def enviar(n: int) -> None:
        puerta.wait(ESPERA_S)
        respuestas[n] = envios[n]()

    hilos = [threading.Thread(target=enviar, args=(n,)) for n in range(len(envios))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(ESPERA_S)
    assert None not in respuestas
    return respuestas


def una_y_otra(oficina: Oficina, quien: str, suplente: str, rol: Rol) -> tuple[Persona, Persona]:
    """Two people of the unit with that role."""
    with oficina.ctx() as ctx:
        ctx.session.add(UsuarioRol(usuario_id=oficina.usuario(suplente).id, rol=rol))
        ctx.session.commit()
    return oficina.entra(quien), oficina.entra(suplente)


def texto(respuesta: Any) -> str:
    return " ".join(html.fromstring(respuesta.text).text_content().split())


def escrito(respuesta: Any, nombre: str) -> str:
    """What a field of the page that came back holds."""
    (campo,) = html.fromstring(respuesta.text).xpath(f"//*[@name='{nombre}']")
    return str(campo.value or campo.text or "")


def test_dos_recibos_de_la_misma_deuda(oficina: Oficina) -> None:
    with oficina.ctx() as ctx:
        deuda = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx)), notificado=ctx.hoy)
        fabrica.cuotas(ctx, deuda, ctx.hoy + dt.timedelta(days=20), "1000.00")
        ctx.session.commit()
        comun = {
            "de": deuda.folio,
            "creditos": str(deuda.id),
            "fecha": ctx.hoy.isoformat(),
            "importe": "1,000.00",
        }
    personas = una_y_otra(oficina, "hector.rios", "pablo.cortes", Rol.JEFE_COBRANZA)

    def pagar(n: int) -> Any:
        datos = comun | {"origen": "banco", "referencia": f"LC-{n}"}
        return personas[n].cliente.post("/cobro/pagos/registrar", data=datos)

    respuestas = a_la_vez(*(lambda n=n: pagar(n) for n in range(2)))
    perdio = next(n for n, respuesta in enumerate(respuestas) if respuesta.status_code != 303)
    assert [r.status_code for r in respuestas].count(303) == 1
    assert respuestas[perdio].status_code == 422
    assert "no debe nada" in texto(respuestas[perdio])
    with oficina.ctx() as ctx:
        assert ctx.session.scalars(select(Pago.referencia)).all() == [f"LC-{1 - perdio}"]
    assert escrito(respuestas[perdio], "referencia") == f"LC-{perdio}"


def test_dos_restituciones_de_la_misma_persona(oficina: Oficina) -> None:
    acto = determinado(oficina)
    personas = una_y_otra(oficina, "julia.nieto", "ana.trejo", Rol.VIGENCIA_DERECHOS)
    personas[0].ir(f"/restituciones/{acto.id}")
    camino = html.fromstring(personas[0].pagina.text).xpath("//a[contains(., 'Juan Pérez Soto')]/@href")[0]

    def restituir(n: int) -> Any:
        personas[n].ir(camino)
        forma = html.fromstring(personas[n].pagina.text).get_element_by_id("formulario")
        datos: dict[str, Any] = {k: v for k, v in forma.fields.items() if k and v is not None}
        datos |= {"evidencia-archivo": (io.BytesIO(PDF), f"movimientos-{n}.pdf"), "completa": "si"}
        return lambda: personas[n].cliente.post(camino, data=datos, content_type="multipart/form-data")

    respuestas = a_la_vez(*map(restituir, range(2)))
    assert sorted(r.status_code for r in respuestas) == [303, 422]
    perdio = next(n for n, respuesta in enumerate(respuestas) if respuesta.status_code == 422)
    assert f"movimientos-{perdio}.pdf" in respuestas[perdio].text
    with oficina.ctx() as ctx:
        assert ctx.session.scalar(select(func.count(Restitucion.id))) == 1


def test_dos_posturas_con_la_misma_transferencia(app: Flask) -> None:
    subasta = Subasta(app)
    app.config["WTF_CSRF_ENABLED"] = False
    postores = [app.test_client() for _ in range(2)]

    def ofrecer(n: int) -> Any:
        datos = BIEN | {"importe": f"{210 + n}000", "deposito": "25000", "transferencia": "SPEI-1"}
        return postores[n].post(f"/remates/{subasta.folio}/postura", data=datos)

    respuestas = a_la_vez(*(lambda n=n: ofrecer(n) for n in range(2)))
    assert sorted(r.status_code for r in respuestas) == [303, 422]
    perdio = next(n for n, respuesta in enumerate(respuestas) if respuesta.status_code == 422)
    assert "Esa referencia ya ampara otra postura" in respuestas[perdio].text
    assert escrito(respuestas[perdio], "importe") == f"{210 + perdio}000"
    assert len(subasta.posturas()) == 1


def test_dos_notificadores_en_la_misma_puerta(oficina: Oficina, monkeypatch: pytest.MonkeyPatch) -> None:
    obra = Obra([oficina.app.extensions["denuncias"].obra], dt.datetime(2026, 3, 12, 9, 0, tzinfo=ZONA))
    monkeypatch.setattr(reloj, "ahora", lambda *_, **__: obra.ahora.astimezone(dt.UTC))
    juego = Juego(obra)
    juego._paso({"ordenar_notificacion": "a1"})
    juego.saltar(hours=4)
    personas = una_y_otra(oficina, "nadia.rosas", "ernesto.lira", Rol.NOTIFICADOR)
    (tarea,) = oficina.tareas("practicar_diligencia")
    for persona in personas:
        persona.ir(f"/tarea/{tarea.id}")
    datos = {
        "diligencia": "no_localizado",
        "fecha_hora": "2026-03-12T10:00",
        "_accion": "completar",
    }

    def practicar(n: int) -> Any:
        mio = {
            **campos_de(personas[n]),
            **datos,
            "cercioramiento": f"El local estaba vacío, dijo la persona {n}.",
        }
        camino = html.fromstring(personas[n].pagina.text).get_element_by_id("formulario").get("action")
        return lambda: personas[n].cliente.post(
            camino or f"/tarea/{tarea.id}", data=mio, content_type="multipart/form-data"
        )

    respuestas = a_la_vez(*map(practicar, range(2)))
    with oficina.ctx() as ctx:
        (hecha,) = ctx.session.scalars(select(DiligenciaNotificacion)).all()
    perdio = 1 if hecha.usuario_id == oficina.usuario("nadia.rosas").id else 0
    assert f"dijo la persona {perdio}" in texto(respuestas[perdio])
    assert "sigue aquí abajo" in texto(respuestas[perdio])
