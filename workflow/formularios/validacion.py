"""Judge what was sent against the fields: what is missing, what is malformed, what does not apply."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from workflow.formularios import compuestos, textos, valores
from workflow.formularios.campos import Campo, Condicion, Rechazo

TIPOS: Final[Mapping[str, Callable[[Campo, object], Any]]] = {
    "texto": textos.texto,
    "parrafo": textos.parrafo,
    "fecha": valores.fecha,
    "fecha_hora": valores.fecha_hora,
    "dinero": valores.dinero,
    "entero": valores.entero,
    "si_no": valores.si_no,
    "opcion": valores.opcion,
    "multi": valores.multi,
    "archivos": valores.archivos,
    "ref": valores.identidad,
    "usuario": valores.identidad,
    "asiento": valores.identidad,
    "periodo": compuestos.periodo,
    "domicilio": compuestos.domicilio,
    "firma": compuestos.firma,
    "rfc": textos.identificador,
    "curp": textos.identificador,
    "nss": textos.identificador,
    "rp": textos.identificador,
    "correo": textos.correo,
    "telefono": textos.telefono,
}
"""Every `x-tipo` with one value; `lista` is judged here, row by row."""

_FALTA: Final[Mapping[str, str]] = {
    "fecha": "Escribe la fecha en «{}».",
    "fecha_hora": "Escribe la fecha y la hora en «{}».",
    "dinero": "Escribe la cantidad en «{}».",
    "entero": "Escribe el número en «{}».",
    "si_no": "Contesta sí o no en «{}».",
    "multi": "Marca al menos una opción en «{}».",
    "archivos": "Adjunta al menos un archivo en «{}».",
    "lista": "Agrega al menos un renglón en «{}».",
    "periodo": "Escribe desde cuándo y hasta cuándo va «{}».",
    "firma": "Elige cómo firmas y marca «Firmo este documento» en «{}».",
}
_ELIGE = "Elige una opción en «{}»."
_LLENA = "Llena «{}»."
_AJENOS_MAXIMO = 10


def frase_falta(campo: Campo) -> str:
    """The sentence for a field that was left empty and is needed."""
    if campo.falta:
        return campo.falta
    elige = campo.tipo in ("opcion", "ref", "usuario", "asiento")
    return _FALTA.get(campo.tipo, _ELIGE if elige else _LLENA).format(campo.titulo)


def vacio(valor: object) -> bool:
    """Nothing was answered: None, blanks, or a collection in which nothing was answered."""
    if valor is None:
        return True
    if isinstance(valor, str):
        return not valor.strip()
    if isinstance(valor, Mapping):
        return all(parte is False or vacio_simple(parte) for parte in valor.values())
    if isinstance(valor, list | tuple):
        return all(vacio_simple(parte) for parte in valor)
    return False


def vacio_simple(valor: object) -> bool:
    return valor is None or (isinstance(valor, str) and not valor.strip()) or valor in ([], {})


def rige(
    condiciones: Sequence[Condicion],
    valores_campos: Mapping[str, object],
    dudosos: Mapping[str, object],
    contexto: Mapping[str, object],
) -> bool | None:
    """Whether all the conditions hold; None if a datum that they need is not known (or is wrong)."""
    incierto = False
    for condicion in condiciones:
        dato = condicion.dato_de_tarea
        fuente = valores_campos if dato is None else contexto
        nombre = dato or condicion.campo
        desconocido = nombre in dudosos if dato is None else nombre not in contexto
        if desconocido and None not in condicion.valores:
            incierto = True
        elif not _coincide(fuente.get(nombre), condicion.valores):
            return False
    return None if incierto else True


def _coincide(valor: object, permitidos: Sequence[bool | str | None]) -> bool:
    reales = valor if isinstance(valor, list) else [valor]
    return any(
        type(real) is type(permitido) and real == permitido for real in reales for permitido in permitidos
    )


class Juicio:
    """One judgement. `contexto` is the data of the task, asked by conditions `tarea.x`."""

    def __init__(self, contexto: Mapping[str, object]) -> None:
        self.contexto = contexto

    def de_campos(
        self, campos: Sequence[Campo], datos: object, alternativas: Sequence[Sequence[str]] = ()
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Clean data and sentences of a group of fields (a form, or a row of a list)."""
        if not isinstance(datos, Mapping):
            return {}, {"": "No se entendió lo que se envió. Abre la tarea de nuevo y llénala en la página."}
        limpios: dict[str, Any] = {}
        errores: dict[str, str] = {}
        for campo in campos:
            if not campo.lectura:
                self._uno(campo, datos.get(campo.nombre), limpios, errores)
        errores.update(_ajenos(campos, datos))
        errores.update(_alternativas(campos, alternativas, limpios, errores))
        return limpios, errores

    def _uno(self, campo: Campo, valor: object, limpios: dict[str, Any], errores: dict[str, str]) -> None:
        aplica = rige(campo.si, limpios, errores, self.contexto)
        if aplica is False:
            return
        if vacio(valor):
            if campo.por_omision is not None:
                limpios[campo.nombre] = campo.por_omision
            elif self._hace_falta(campo, aplica, limpios, errores):
                errores[campo.nombre] = frase_falta(campo)
            return
        try:
            limpio = self._lista(campo, valor) if campo.tipo == "lista" else TIPOS[campo.tipo](campo, valor)
        except Rechazo as rechazo:
            for parte, frase in rechazo.frases.items():
                errores[f"{campo.nombre}.{parte}" if parte else campo.nombre] = frase
            return
        limpios[campo.nombre] = limpio

    def _hace_falta(
        self, campo: Campo, aplica: bool | None, limpios: dict[str, Any], errores: dict[str, str]
    ) -> bool:
        if campo.obligatorio:
            return aplica is True
        if not campo.obligatorio_si or aplica is None:
            return False
        return rige(campo.obligatorio_si, limpios, errores, self.contexto) is True

    def _lista(self, campo: Campo, valor: object) -> list[dict[str, Any]]:
        """Rows in order; those left blank do not count, the paths of errors keep the place of the row."""
        if not isinstance(valor, list | tuple):
            raise Rechazo(f"Llena de nuevo los renglones de «{campo.titulo}» en la página.")
        if campo.filas_maximo and len(valor) > campo.filas_maximo:
            raise Rechazo(f"Deja en «{campo.titulo}» {campo.filas_maximo} renglones como máximo.")
        filas: list[dict[str, Any]] = []
        frases: dict[str, str] = {}
        for lugar, escrito in enumerate(valor):
            fila = self._como_fila(campo, escrito)
            if _fila_vacia(fila):
                continue
            limpios, errores = self.de_campos(campo.columnas, fila)
            filas.append(limpios)
            for ruta, frase in errores.items():
                frases[f"{lugar}.{ruta}" if ruta else str(lugar)] = (
                    f"Renglón {lugar + 1} de «{campo.titulo}»: {frase[:1].lower()}{frase[1:]}"
                )
        if not frases and len(filas) < campo.filas_minimo:
            raise Rechazo(frase_falta(campo))
        if frases:
            raise Rechazo.de(frases)
        return filas

    @staticmethod
    def _como_fila(campo: Campo, escrito: object) -> object:
        """A list of one column also takes its bare values: `[5]` is `[{"usuario": 5}]`."""
        unica = campo.columnas[0] if len(campo.columnas) == 1 else None
        if unica is None or (isinstance(escrito, Mapping) and unica.nombre in escrito):
            return escrito
        suelta = not isinstance(escrito, Mapping) or bool(escrito and set(escrito) <= {"desde", "hasta"})
        return {unica.nombre: escrito} if suelta else escrito


def _fila_vacia(fila: object) -> bool:
    if isinstance(fila, Mapping):
        return all(vacio(valor) or valor is False for valor in fila.values())
    return vacio(fila)


def _ajenos(campos: Sequence[Campo], datos: Mapping[Any, object]) -> dict[str, str]:
    """Data that the form does not ask for are refused, so that nothing is lost in silence."""
    conocidos = {campo.nombre for campo in campos}
    ajenos = [_legible(nombre) for nombre in datos if nombre not in conocidos][:_AJENOS_MAXIMO]
    return {
        nombre: f"Este formulario no pide «{nombre}». Abre la tarea de nuevo y llénala en la página."
        for nombre in ajenos
    }


def _legible(nombre: object) -> str:
    """A name that came from outside, safe to show: short, printable, never empty."""
    escrito = nombre[:60].encode("utf-8", "replace").decode() if isinstance(nombre, str) else "?"
    return "".join(letra for letra in escrito if letra.isprintable()).strip() or "?"


def _alternativas(
    campos: Sequence[Campo],
    grupos: Sequence[Sequence[str]],
    limpios: Mapping[str, object],
    errores: Mapping[str, str],
) -> dict[str, str]:
    """Of each group exactly one field is filled."""
    titulos = {campo.nombre: f"«{campo.titulo}»" for campo in campos}
    frases: dict[str, str] = {}
    for grupo in grupos:
        fallidos = {ruta.split(".")[0] for ruta in errores}
        llenos = [nombre for nombre in grupo if nombre in limpios or nombre in fallidos]
        if not llenos:
            frases[grupo[0]] = f"Llena {' o '.join(titulos[nombre] for nombre in grupo)}."
        elif len(llenos) > 1:
            frases[llenos[-1]] = f"Llena sólo uno: {' o '.join(titulos[nombre] for nombre in grupo)}."
    return frases
