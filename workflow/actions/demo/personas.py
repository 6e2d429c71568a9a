"""People, wages and papers of the demonstration: made up, coherent, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import io
import random
import time
import unicodedata
from decimal import Decimal

from faker import Faker
from PIL import Image, ImageDraw

from models.patron import Patron
from workflow.rules.identificadores import digito_curp, luhn_cuadra

PAPEL, TINTA, LINEA = (252, 250, 244), (40, 40, 44), (190, 186, 176)
PERIODOS = {"semana": 7, "quincena": 15}
VOCALES, CONSONANTES = "AEIOU", "BCDFGHJKLMNPQRSTVWXYZ"


class Padron:
    """Makes up people: names of Mexico, valid CURP and NSS that belong to nobody in particular."""

    def __init__(self, semilla: int) -> None:
        self.azar = random.Random(semilla)  # noqa: S311 -- people who do not exist
        self._faker = Faker("es_MX")
        self._faker.seed_instance(semilla)

    def identidad(self) -> dict[str, str]:
        """Who she is: the answers of the public form."""
        mujer = self.azar.random() < 0.55
        nombre = self._faker.first_name_female() if mujer else self._faker.first_name_male()
        apellidos = self._faker.last_name(), self._faker.last_name()
        return {
            "identificarse": "si",
            "nombre": nombre,
            "primer_apellido": apellidos[0],
            "segundo_apellido": apellidos[1],
            "curp": self._curp(nombre, apellidos, mujer),
            "nss": self._nss(),
        }

    def _curp(self, nombre: str, apellidos: tuple[str, str], mujer: bool) -> str:
        """A CURP that agrees with the name; born between 1962 and 2003, in Guanajuato."""
        uno, dos, tres = (_letras(texto) for texto in (*apellidos, nombre))
        nacio = dt.date(1962, 1, 1) + dt.timedelta(days=self.azar.randrange(41 * 365))
        iniciales = uno[0] + _primera(uno, VOCALES) + dos[0] + tres[0]
        consonantes = "".join(_primera(texto, CONSONANTES) for texto in (uno, dos, tres))
        homoclave = "0" if nacio.year < 2000 else "A"
        fijo = f"{iniciales}{nacio:%y%m%d}{'M' if mujer else 'H'}GT{consonantes}{homoclave}"
        return fijo + digito_curp(fijo)

    def _nss(self) -> str:
        """Ten digits and the one that makes them a valid number."""
        base = f"{self.azar.randrange(10**9, 10**10)}"
        return next(f"{base}{n}" for n in range(10) if luhn_cuadra(f"{base}{n}"))

    def contacto(self) -> dict[str, str]:
        """Her safe channel; most people of the demonstration use only the mailbox."""
        if self.azar.random() < 0.7:
            return {"canal": "buzon"}
        numero = f"477{self.azar.randrange(10**6, 10**7)}"
        return {"canal": "sms", "telefono": numero, "horario_seguro": "Después de las 7 de la noche"}

    def salario(self, registrado: str) -> dict[str, str]:
        """What she is paid and what is registered: the wage paid is above the registered one."""
        diario = Decimal(registrado) * Decimal(self.azar.randint(118, 205)) / 100
        periodo = self.azar.choice(list(PERIODOS))
        monto = (diario * PERIODOS[periodo]).quantize(Decimal(10))
        return {
            "salario_monto": f"{monto}.00",
            "salario_periodo": periodo,
            "salario_registrado": registrado,
            "forma_pago": self.azar.choice(["mixto", "deposito", "efectivo"]),
        }

    def fechas(self, hoy: dt.date, motivo: str, *, dos_anios: bool = False) -> dict[str, str]:
        """When she worked there: between nine months and four years ago, most of them still do.

        `dos_anios`: for more than two years, and she still does.
        """
        desde = hoy - dt.timedelta(days=self.azar.randint(750 if dos_anios else 270, 1460))
        fechas = {"fecha_inicio": desde.isoformat(), "sigue_trabajando": "si"}
        if motivo == "negativa_baja" or (not dos_anios and self.azar.random() < 0.25):
            hasta = hoy - dt.timedelta(days=self.azar.randint(15, 200))
            fechas |= {"fecha_fin": hasta.isoformat(), "sigue_trabajando": "no"}
        if motivo == "fecha_posterior":
            registrada = desde + dt.timedelta(days=self.azar.randint(60, 240))
            fechas["fecha_registrada"] = registrada.isoformat()
        return fechas

    def pruebas(self, cuantas: int, patron: Patron, salario: dict[str, str]) -> list[tuple[str, bytes]]:
        """Small pictures of payslips, the last of several as PDF."""
        recibos = [recibo(patron.nombre, salario, n) for n in range(1, cuantas + 1)]
        return [
            (f"recibo-{n}.pdf", _bytes(imagen, "PDF"))
            if n == cuantas > 1
            else (f"recibo-{n}.png", _bytes(imagen, "PNG"))
            for n, imagen in enumerate(recibos, 1)
        ]


def _letras(texto: str) -> str:
    """Capital letters without accents; Ñ becomes X, as in a CURP."""
    simple = unicodedata.normalize("NFD", texto.upper().replace("Ñ", "X"))
    return "".join(c for c in simple if "A" <= c <= "Z") or "X"


def _primera(texto: str, de: str) -> str:
    """The first letter after the initial that is one of `de`; X when there is none."""
    return next((c for c in texto[1:] if c in de), "X")


def recibo(patron: str, salario: dict[str, str], numero: int) -> Image.Image:
    """A drawn payslip, marked as an example, without the name of anybody."""
    imagen = Image.new("RGB", (560, 360), PAPEL)
    lapiz = ImageDraw.Draw(imagen)
    renglones = [
        "RECIBO DE NOMINA (EJEMPLO, NO ES REAL)",
        patron,
        f"Recibo {numero:04d}",
        f"Pago por {salario['salario_periodo']}: $ {salario['salario_monto']}",
        f"Salario base de cotizacion: $ {salario['salario_registrado']}",
        "Firma de conformidad: ______________________",
    ]
    for lugar, texto in enumerate(renglones):
        alto = 34 + lugar * 50
        lapiz.text((36, alto), texto.encode("latin-1", "replace").decode("latin-1"), fill=TINTA, font_size=17)
        lapiz.line((36, alto + 32, 524, alto + 32), fill=LINEA)
    return imagen


def _bytes(imagen: Image.Image, formato: str) -> bytes:
    salida = io.BytesIO()
    # The date of a PDF is fixed: the same seed makes the same bytes.
    fechas = {"creationDate": time.gmtime(0), "modDate": time.gmtime(0)} if formato == "PDF" else {}
    imagen.save(salida, formato, **fechas)
    return salida.getvalue()
