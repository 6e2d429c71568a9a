"""Forms of the user tasks: load the JSON of `bpmn/*/formularios/` and judge what a person sends. Pure."""

from workflow.formularios.campos import Campo, Condicion, Seccion
from workflow.formularios.carga import cargar, desde_json, todos
from workflow.formularios.esquema import problemas
from workflow.formularios.formulario import Formulario, Resultado

__all__ = [
    "Campo",
    "Condicion",
    "Formulario",
    "Resultado",
    "Seccion",
    "cargar",
    "desde_json",
    "problemas",
    "todos",
]
