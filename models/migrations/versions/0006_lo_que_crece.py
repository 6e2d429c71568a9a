"""lo que crece: índices en el orden en que se toma y se mira

Los temporizadores que vencen en el mismo instante, la bandeja con su prioridad, las listas de casos por fecha, las
tareas y los plazos de un sujeto (docs/rendimiento.md). Y las dos llaves de la denuncia que en PostgreSQL faltaban: una
llave con `use_alter` dentro de CREATE TABLE no se escribe.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ABIERTAS = {
    "sqlite_where": sa.text("estado = 'abierta'"),
    "postgresql_where": sa.text("estado = 'abierta'"),
}
URGENTE = sa.text("prioridad DESC")
LISTAS = {
    "denuncia": "presentada_en",
    "propuesta": "integrada_en",
    "acto": "programado_en",
    "credito": "creado_en",
    "pae": "abierto_en",
}
LLAVES = ("propuesta", "acto")
# Their index begins now with the unit.
SOLO_UNIDAD = ("acto", "credito", "pae")


def upgrade() -> None:
    op.drop_index("ix_temporizador_vence_en", "temporizador")
    op.create_index("ix_temporizador_vence", "temporizador", ["vence_en", "id"])
    for nombre in ("ix_tarea_bandeja", "ix_tarea_mias", "ix_tarea_hecha_por"):
        op.drop_index(nombre, "tarea")
    op.create_index(
        "ix_tarea_bandeja", "tarea", ["subdelegacion_id", "rol", "vence_en", URGENTE, "id"], **ABIERTAS
    )
    op.create_index("ix_tarea_mias", "tarea", ["asignada_a", "vence_en", URGENTE, "id"], **ABIERTAS)
    op.create_index("ix_tarea_rol", "tarea", ["rol", "vence_en", URGENTE, "id"], **ABIERTAS)
    op.create_index("ix_tarea_sujeto", "tarea", ["sujeto_tipo", "sujeto_id"], **ABIERTAS)
    op.create_index("ix_tarea_hechas", "tarea", ["hecha_por", "hecha_en", "id"])
    op.create_index("ix_plazo_sujeto", "plazo", ["sujeto_tipo", "sujeto_id", "clave"])
    for tabla, fecha in LISTAS.items():
        op.create_index(f"ix_{tabla}_unidad_fecha", tabla, ["subdelegacion_id", fecha, "folio"])
        op.create_index(f"ix_{tabla}_fecha", tabla, [fecha, "folio"])
        op.create_index(f"ix_{tabla}_folio", tabla, ["folio"], postgresql_ops={"folio": "text_pattern_ops"})
    for tabla in SOLO_UNIDAD:
        op.drop_index(f"ix_{tabla}_subdelegacion_id", tabla)
    if op.get_bind().dialect.name == "postgresql":
        for otra in LLAVES:
            op.create_foreign_key(f"fk_denuncia_{otra}_id", "denuncia", otra, [f"{otra}_id"], ["id"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for otra in LLAVES:
            op.drop_constraint(f"fk_denuncia_{otra}_id", "denuncia", type_="foreignkey")
    for tabla in SOLO_UNIDAD:
        op.create_index(f"ix_{tabla}_subdelegacion_id", tabla, ["subdelegacion_id"])
    for tabla in LISTAS:
        op.drop_index(f"ix_{tabla}_folio", tabla)
        op.drop_index(f"ix_{tabla}_fecha", tabla)
        op.drop_index(f"ix_{tabla}_unidad_fecha", tabla)
    op.drop_index("ix_plazo_sujeto", "plazo")
    for nombre in ("ix_tarea_hechas", "ix_tarea_sujeto", "ix_tarea_rol", "ix_tarea_mias", "ix_tarea_bandeja"):
        op.drop_index(nombre, "tarea")
    op.create_index("ix_tarea_hecha_por", "tarea", ["hecha_por"])
    op.create_index("ix_tarea_mias", "tarea", ["asignada_a", "vence_en", "id"], **ABIERTAS)
    op.create_index("ix_tarea_bandeja", "tarea", ["subdelegacion_id", "rol", "vence_en", "id"], **ABIERTAS)
    op.drop_index("ix_temporizador_vence", "temporizador")
    op.create_index("ix_temporizador_vence_en", "temporizador", ["vence_en"])
