"""Task forms on the page: from the schema to fields ready to draw, and from the POST to data."""

from web.forms.archivos import recibir
from web.forms.lectura import accion_de_filas, entradas_de_archivo, leer
from web.forms.vista import FormularioVista, vista

__all__ = ["FormularioVista", "accion_de_filas", "entradas_de_archivo", "leer", "recibir", "vista"]
