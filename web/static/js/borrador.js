// Guarda el borrador de una tarea mientras se escribe. Sin este archivo queda «Guardar y salir».
const ESPERA = 1500;
const formulario = document.getElementById('formulario');
const aviso = document.getElementById('guardado');
const ALTO = 'No se guardó solo. Usa «Guardar y salir» para ver qué cambió.';

function iniciar() {
  const direccion = `${formulario.action.split('#')[0]}/borrador`;
  const version = formulario.elements.namedItem('version');
  let reloj = null;
  let enCamino = null;
  let detenido = false;

  const datos = () => {
    const todo = new FormData(formulario);
    for (const [nombre, valor] of [...todo]) if (valor instanceof File) todo.delete(nombre);
    return todo;
  };
  const decir = (texto) => { aviso.textContent = texto; };
  const contar = (guardado, desde) => {
    formulario.dispatchEvent(new CustomEvent('borrador', { detail: { guardado, desde } }));
  };

  async function guardar() {
    reloj = null;
    if (detenido || enCamino) return;
    decir('Guardando…');
    const desde = Date.now();
    enCamino = fetch(direccion, { method: 'POST', body: datos(), redirect: 'error' });
    try {
      const respuesta = await enCamino;
      const dicho = await respuesta.json();
      if (respuesta.ok) {
        version.value = dicho.version;
        decir(`Borrador guardado a las ${dicho.hora}`);
        contar(true, desde);
      } else {
        detenido = true;
        decir(dicho.mensaje || ALTO);
      }
    } catch {
      decir('Sin conexión; lo escrito sigue aquí.');
      contar(false, desde);
    } finally {
      enCamino = null;
    }
  }

  formulario.addEventListener('input', () => {
    if (detenido) return;
    clearTimeout(reloj);
    reloj = setTimeout(guardar, ESPERA);
  });
  formulario.addEventListener('submit', async (evento) => {
    clearTimeout(reloj);
    if (!enCamino) return;
    evento.preventDefault();
    const boton = evento.submitter;
    await enCamino.catch(() => {});
    setTimeout(() => formulario.requestSubmit(boton), 0);
  });
}

if (formulario && aviso) iniciar();
