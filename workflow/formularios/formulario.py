"""A task form: its sections and fields, and the judgement of what a person sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow.errors import DatoInvalido
from workflow.formularios.campos import Campo, Seccion
from workflow.formularios.validacion import Juicio


@dataclass(frozen=True, slots=True)
class Resultado:
    """`limpios`: data ready for JSON. `errores`: path of the field (`hechos.0.salario_real`) → sentence."""

    limpios: dict[str, Any]
    errores: dict[str, str]

    @property
    def valido(self) -> bool:
        return not self.errores


@dataclass(frozen=True, slots=True)
class Formulario:
    """The form `nombre` of a process, as its JSON says."""

    proceso: str
    nombre: str
    titulo: str
    boton: str
    secciones: tuple[Seccion, ...]
    campos: tuple[Campo, ...]
    alternativas: tuple[tuple[str, ...], ...] = ()
    # What whoever sends it a second time is told, where the general sentence will not do.
    ya_hecha: str = ""
    _por_nombre: Mapping[str, Campo] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_por_nombre", {campo.nombre: campo for campo in self.campos})

    def campo(self, nombre: str) -> Campo:
        """The field of that name; KeyError if the form has none."""
        return self._por_nombre[nombre]

    def etiquetas(self) -> dict[str, dict[str, str]]:
        """Label of each option by field, `campo` or `lista.columna`: how a document names what was chosen."""
        propias = {campo.nombre: dict(campo.opciones) for campo in self.campos if campo.opciones}
        for campo in self.campos:
            for columna in campo.columnas:
                if columna.opciones:
                    propias[f"{campo.nombre}.{columna.nombre}"] = dict(columna.opciones)
        return propias

    def validar(self, datos: Mapping[str, object], contexto: Mapping[str, object] | None = None) -> Resultado:
        """Judge `datos` (typed by a person or sent by a program). Never raises, whatever is sent.

        `contexto` is the data of the task: conditions named `tarea.x` read it. Without the datum that a
        condition asks for, the field is accepted if sent and not demanded; its operation decides.
        """
        juicio = Juicio(contexto or {})
        limpios, errores = juicio.de_campos(self.campos, datos, self.alternativas)
        return Resultado(limpios, errores)

    def exigir(
        self, datos: Mapping[str, object], contexto: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        """The clean data, or `DatoInvalido` with one sentence for each field."""
        resultado = self.validar(datos, contexto)
        if not resultado.valido:
            raise DatoInvalido("Revisa los datos marcados y vuelve a enviar.", resultado.errores)
        return resultado.limpios
