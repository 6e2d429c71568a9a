"""A person at the public pages: reads forms as a browser without JavaScript would, and sends them."""

from __future__ import annotations

import io
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from PIL import Image
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from models.organizacion import Ooad, Subdelegacion
from workflow.actions import borrador, denuncia, proceso
from workflow.context import SISTEMA

CURP = "BOXW310820HNERXN09"
NSS = "12345678903"


def organizar(sesiones: sessionmaker[Session]) -> int:
    """One OOAD with one unit; returns the id of the unit."""
    with sesiones() as s:
        ooad = Ooad(clave="11", nombre="Guanajuato")
        s.add(ooad)
        s.flush()
        unidad = Subdelegacion(ooad_id=ooad.id, clave="1101", nombre="Subdelegación León")
        s.add(unidad)
        s.commit()
        return unidad.id


def publicar(app: Flask) -> None:
    """The processes, as `bd migrar` leaves them."""
    with app.extensions["denuncias"].obra.ctx(SISTEMA) as ctx:
        proceso.publicar(ctx)


def foto(color: str = "#611232") -> bytes:
    """A small JPEG."""
    salida = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(salida, "JPEG")
    return salida.getvalue()


class Persona:
    """A browser without JavaScript: keeps the last page, fills in its form by field names."""

    def __init__(self, cliente: FlaskClient) -> None:
        self.cliente = cliente
        self.pagina: TestResponse = cliente.get("/")

    @property
    def texto(self) -> str:
        """The words of the page, spaces joined."""
        return re.sub(r"\s+", " ", html.fromstring(self.pagina.text).text_content())

    @property
    def camino(self) -> str:
        """Address of the page."""
        return self.pagina.request.path

    @property
    def errores(self) -> dict[str, str]:
        """Field → sentence, from the summary of errors."""
        enlaces = html.fromstring(self.pagina.text).xpath("//ul[contains(@class, 'error-summary')]//a")
        return {a.get("href", "#").removeprefix("#"): a.text_content() for a in enlaces}

    def ir(self, camino: str) -> TestResponse:
        """Open an address, following redirects."""
        self.pagina = self.cliente.get(camino, follow_redirects=True)
        return self.pagina

    def valores(self) -> dict[str, Any]:
        """What the first posting form of the page holds, as a browser would send it."""
        forma = self._forma()
        datos: dict[str, Any] = {}
        for nombre, valor in forma.form_values():
            datos.setdefault(nombre, []).append(valor)
        return {k: v if len(v) > 1 else v[0] for k, v in datos.items()}

    def _forma(self) -> Any:
        return next(f for f in html.fromstring(self.pagina.text).forms if f.method == "POST")

    def enviar(self, a: str | None = None, **campos: Any) -> TestResponse:
        """Send the form of the page with `campos` on top; `a` is the action of another button."""
        destino = a or self._forma().action or self.pagina.request.full_path.rstrip("?")
        datos = {**self.valores(), **{k.replace("__", "-"): v for k, v in campos.items()}}
        self.pagina = self.cliente.post(
            destino, data=datos, content_type="multipart/form-data", follow_redirects=True
        )
        for respuesta in (self.pagina, *self.pagina.history):
            respuesta.request.environ["wsgi.input"].close()  # a large body waits in a temporary file
        return self.pagina


def fecha(campo: str, dia: str, mes: str, anio: str) -> dict[str, str]:
    """The three boxes of a date."""
    return {f"{campo}-dia": dia, f"{campo}-mes": mes, f"{campo}-anio": anio}


def llenar(p: Persona, *, identificarse: bool = True, canal: str = "buzon") -> None:
    """Answer everything up to the page where answers are checked."""
    p.ir("/denuncia/filtro")
    p.enviar(asunto="imss", sigue_trabajando="si")
    p.enviar(motivos=["salario_menor"])
    p.enviar(**fecha("fecha_inicio", "12", "feb", "2024"))
    p.enviar(relato="Me pagan en efectivo.")
    p.enviar(salario_monto="$3,200", salario_periodo="semana", forma_pago="mixto")
    p.enviar(puesto="Costurera")
    p.enviar(datos_patron=["nombre"])
    p.enviar(nombre_patron="Maquilados del Bajío")
    p.enviar(domicilio="Blvd. Aldama 2210", cp="37490", municipio="León", entidad="GT")
    p.enviar(personas="51_100")
    p.enviar(tipo="trabajador")
    p.enviar(identificarse="si" if identificarse else "no")
    if identificarse:
        p.enviar(nombre="Guadalupe", primer_apellido="Hernández")
        p.enviar(curp=CURP)
    p.enviar(canal=canal)
    if canal == "sms":
        p.enviar(telefono="477 123 4518")
    p.enviar()  # no evidence
    p.enviar(aviso_privacidad=["si"])
    assert p.camino == "/denuncia/revisar", p.texto


def presentar(p: Persona, **opciones: Any) -> tuple[str, str]:
    """File a denuncia; returns folio and key."""
    llenar(p, **opciones)
    p.enviar(protesta="si")
    documento = html.fromstring(p.pagina.text)
    clave = "".join(documento.get_element_by_id("clave").text_content().split())
    return documento.find_class("folio")[0].text_content(), clave


RESPUESTAS = {
    "asunto": "imss",
    "sigue_trabajando": "si",
    "motivos": ["salario_menor"],
    "fecha_inicio": "2024-02-12",
    "salario_monto": "3200.00",
    "salario_periodo": "semana",
    "nombre_patron": "Maquilados del Bajío",
    "municipio": "León",
    "entidad": "GT",
    "tipo": "trabajador",
    "identificarse": "si",
    "nombre": "Guadalupe",
    "primer_apellido": "Hernández",
    "curp": CURP,
    "canal": "buzon",
}


def presentar_directo(app: Flask, **cambios: Any) -> tuple[str, str, int]:
    """File without walking the pages; returns folio, key and id."""
    respuestas = {k: v for k, v in {**RESPUESTAS, **cambios}.items() if v is not None}
    with app.extensions["denuncias"].obra.ctx(SISTEMA) as ctx:
        token = borrador.nuevo(ctx)
        borrador.guardar(ctx, token, respuestas)
        hecha = denuncia.presentar(ctx, token, token)
        presentada = borrador.presentada(ctx, token)
        assert presentada is not None
        return hecha.folio, str(hecha.clave_secreta).replace(" ", ""), presentada.denuncia_id


def abrir_buzon(p: Persona, denuncia_id: int) -> None:
    """The mailbox as if she had just entered."""
    with p.cliente.session_transaction() as s:
        s["buzon"] = denuncia_id
    p.ir("/seguimiento/caso")
