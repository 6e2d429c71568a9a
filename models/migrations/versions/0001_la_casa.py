"""la casa"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "acceso_buzon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clave", sa.String(length=64), nullable=False),
        sa.Column("fallos", sa.Integer(), nullable=False),
        sa.Column("ultimo_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bloqueado_hasta", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceso_buzon")),
        sa.UniqueConstraint("clave", name=op.f("uq_acceso_buzon_clave")),
    )
    op.create_table(
        "bitacora_cabeza",
        sa.Column("cadena", sa.String(length=40), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("cadena", name=op.f("pk_bitacora_cabeza")),
    )
    op.create_table(
        "consecutivo",
        sa.Column("serie", sa.String(length=20), nullable=False),
        sa.Column("ultimo", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("serie", name=op.f("pk_consecutivo")),
    )
    op.create_table(
        "definicion_proceso",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proceso", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("archivos", sa.JSON(), nullable=True),
        sa.Column("publicada_en", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definicion_proceso")),
        sa.UniqueConstraint("proceso", "sha256", name=op.f("uq_definicion_proceso_proceso_sha256")),
        sa.UniqueConstraint("proceso", "version", name=op.f("uq_definicion_proceso_proceso_version")),
    )
    op.create_table(
        "ooad",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clave", sa.String(length=10), nullable=False),
        sa.Column("nombre", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooad")),
        sa.UniqueConstraint("clave", name=op.f("uq_ooad_clave")),
    )
    op.create_table(
        "reloj",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("adelanto_s", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_reloj_unico")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reloj")),
    )
    op.create_table(
        "salida",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tipo", sa.String(length=20), nullable=False),
        sa.Column("clave", sa.String(length=80), nullable=False),
        sa.Column("datos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "pendiente",
                "hecha",
                "fallida",
                name="estadosalida",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("creada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proxima_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hecha_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("intentos", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_salida")),
        sa.UniqueConstraint("clave", name=op.f("uq_salida_clave")),
    )
    with op.batch_alter_table("salida", schema=None) as batch_op:
        batch_op.create_index("ix_salida_pendiente", ["estado", "proxima_en"], unique=False)

    op.create_table(
        "subdelegacion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ooad_id", sa.Integer(), nullable=False),
        sa.Column("clave", sa.String(length=10), nullable=False),
        sa.Column("nombre", sa.String(length=120), nullable=False),
        sa.Column("domicilio", sa.String(length=300), nullable=False),
        sa.Column("telefono", sa.String(length=30), nullable=False),
        sa.Column("zona_horaria", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["ooad_id"], ["ooad.id"], name=op.f("fk_subdelegacion_ooad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subdelegacion")),
        sa.UniqueConstraint("clave", name=op.f("uq_subdelegacion_clave")),
    )
    with op.batch_alter_table("subdelegacion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subdelegacion_ooad_id"), ["ooad_id"], unique=False)

    op.create_table(
        "comite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nombre", sa.String(length=160), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=True),
        sa.Column("ooad_id", sa.Integer(), nullable=True),
        sa.Column(
            "mayoria",
            sa.Enum(
                "simple", "dos_tercios", name="mayoria", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("voto_de_calidad", sa.Boolean(), nullable=False),
        sa.Column("razon_obligatoria", sa.Boolean(), nullable=False),
        sa.Column("vigente_desde", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["ooad_id"], ["ooad.id"], name=op.f("fk_comite_ooad_id")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_comite_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comite")),
    )
    with op.batch_alter_table("comite", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comite_subdelegacion_id"), ["subdelegacion_id"], unique=False)

    op.create_table(
        "dia_inhabil",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fecha", sa.Date(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=True),
        sa.Column("motivo", sa.String(length=200), nullable=False),
        sa.Column("cita", sa.String(length=300), nullable=False),
        sa.Column("registrado_en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_dia_inhabil_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dia_inhabil")),
    )
    with op.batch_alter_table("dia_inhabil", schema=None) as batch_op:
        batch_op.create_index("uq_dia_inhabil", ["fecha", "subdelegacion_id"], unique=True)

    op.create_table(
        "patron",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registro_patronal", sa.String(length=11), nullable=False),
        sa.Column("rfc", sa.String(length=13), nullable=True),
        sa.Column("nombre", sa.String(length=250), nullable=False),
        sa.Column("domicilio", sa.String(length=300), nullable=False),
        sa.Column("codigo_postal", sa.String(length=5), nullable=False),
        sa.Column("municipio", sa.String(length=120), nullable=False),
        sa.Column("giro", sa.String(length=160), nullable=False),
        sa.Column("trabajadores", sa.Integer(), nullable=True),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_patron_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patron")),
        sa.UniqueConstraint("registro_patronal", name=op.f("uq_patron_registro_patronal")),
    )
    with op.batch_alter_table("patron", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patron_nombre"), ["nombre"], unique=False)
        batch_op.create_index(batch_op.f("ix_patron_rfc"), ["rfc"], unique=False)
        batch_op.create_index(batch_op.f("ix_patron_subdelegacion_id"), ["subdelegacion_id"], unique=False)

    op.create_table(
        "territorio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("cp_desde", sa.String(length=5), nullable=False),
        sa.Column("cp_hasta", sa.String(length=5), nullable=False),
        sa.CheckConstraint("cp_desde <= cp_hasta", name=op.f("ck_territorio_rango")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_territorio_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territorio")),
    )
    with op.batch_alter_table("territorio", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_territorio_cp_desde"), ["cp_desde"], unique=False)

    op.create_table(
        "usuario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("correo", sa.String(length=254), nullable=False),
        sa.Column("nombre", sa.String(length=120), nullable=False),
        sa.Column("cargo", sa.String(length=160), nullable=False),
        sa.Column("clave_hash", sa.String(length=200), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=True),
        sa.Column("ooad_id", sa.Integer(), nullable=True),
        sa.Column("activo", sa.Boolean(), nullable=False),
        sa.Column("es_demo", sa.Boolean(), nullable=False),
        sa.Column("intentos", sa.Integer(), nullable=False),
        sa.Column("bloqueado_hasta", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ultimo_acceso", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sesion_serie", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ooad_id"], ["ooad.id"], name=op.f("fk_usuario_ooad_id")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_usuario_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usuario")),
        sa.UniqueConstraint("correo", name=op.f("uq_usuario_correo")),
    )
    with op.batch_alter_table("usuario", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_usuario_subdelegacion_id"), ["subdelegacion_id"], unique=False)

    op.create_table(
        "asiento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comite_id", sa.Integer(), nullable=False),
        sa.Column("orden", sa.Integer(), nullable=False),
        sa.Column("nombre", sa.String(length=120), nullable=False),
        sa.Column(
            "cargo",
            sa.Enum(
                "presidencia",
                "secretaria",
                "vocalia",
                name="cargo",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("con_voto", sa.Boolean(), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["comite_id"], ["comite.id"], name=op.f("fk_asiento_comite_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_asiento_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asiento")),
        sa.UniqueConstraint("comite_id", "orden", name=op.f("uq_asiento_comite_id_orden")),
    )
    with op.batch_alter_table("asiento", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asiento_comite_id"), ["comite_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_asiento_usuario_id"), ["usuario_id"], unique=False)

    op.create_table(
        "ausencia",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=False),
        sa.Column("suplente_id", sa.Integer(), nullable=False),
        sa.Column("desde", sa.Date(), nullable=False),
        sa.Column("hasta", sa.Date(), nullable=False),
        sa.Column("oficio", sa.String(length=60), nullable=False),
        sa.CheckConstraint("desde <= hasta", name=op.f("ck_ausencia_rango")),
        sa.CheckConstraint("usuario_id <> suplente_id", name=op.f("ck_ausencia_otra_persona")),
        sa.ForeignKeyConstraint(["suplente_id"], ["usuario.id"], name=op.f("fk_ausencia_suplente_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_ausencia_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ausencia")),
    )
    with op.batch_alter_table("ausencia", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ausencia_suplente_id"), ["suplente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ausencia_usuario_id"), ["usuario_id"], unique=False)

    op.create_table(
        "expediente",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=True),
        sa.Column("abierto_en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_expediente_patron_id")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_expediente_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expediente")),
        sa.UniqueConstraint("folio", name=op.f("uq_expediente_folio")),
    )
    with op.batch_alter_table("expediente", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expediente_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_expediente_subdelegacion_id"), ["subdelegacion_id"], unique=False
        )

    op.create_table(
        "usuario_rol",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=False),
        sa.Column(
            "rol",
            sa.Enum(
                "denunciante",
                "ventanilla",
                "analista_auditoria",
                "jefe_auditoria",
                "auditor",
                "subdelegado",
                "jefe_afiliacion",
                "vigencia_derechos",
                "jefe_cobranza",
                "notificador",
                "ejecutor",
                "depositario",
                "interventor",
                "valuador",
                "titular_ooad",
                "titular_jsac",
                "supervision_auditoria",
                "supervision_cobranza",
                "juridico",
                "consejo_consultivo",
                "presidente_comite",
                "secretario_comite",
                "vocal",
                "analista_dvo",
                "stps",
                "custodio_identidad",
                "organo_revisor",
                "administrador",
                name="rol",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_usuario_rol_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usuario_rol")),
        sa.UniqueConstraint("usuario_id", "rol", name=op.f("uq_usuario_rol_usuario_id_rol")),
    )
    with op.batch_alter_table("usuario_rol", schema=None) as batch_op:
        batch_op.create_index("ix_usuario_rol_rol", ["rol"], unique=False)

    op.create_table(
        "bitacora",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cadena", sa.String(length=40), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_tipo", sa.String(length=12), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("verbo", sa.String(length=60), nullable=False),
        sa.Column("expediente_id", sa.Integer(), nullable=True),
        sa.Column("datos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("previo", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["usuario.id"], name=op.f("fk_bitacora_actor_id")),
        sa.ForeignKeyConstraint(["expediente_id"], ["expediente.id"], name=op.f("fk_bitacora_expediente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bitacora")),
        sa.UniqueConstraint("cadena", "numero", name=op.f("uq_bitacora_cadena_numero")),
    )
    with op.batch_alter_table("bitacora", schema=None) as batch_op:
        batch_op.create_index("ix_bitacora_expediente", ["expediente_id", "id"], unique=False)

    op.create_table(
        "denuncia",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "recibida",
                "sin_identificar",
                "asignada",
                "en_calificacion",
                "incompleta",
                "en_analisis",
                "en_programacion",
                "en_acto",
                "por_restituir",
                "restituida",
                "sin_elementos",
                "improcedente",
                "desistida",
                "turnada",
                name="estadodenuncia",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "causa_cierre",
            sa.Enum(
                "por_correccion",
                "de_oficio",
                "antes_de_acto",
                "sin_identificar",
                "sin_presuncion",
                "rechazo_comite",
                "propuesta_retirada",
                "acto_sin_observaciones",
                "credito_anulado",
                "facultades_extintas",
                "extemporanea",
                "duplicada",
                "no_es_materia",
                "stps",
                "sat",
                "infonavit",
                "profedet",
                "otra",
                "ratificada",
                name="causacierre",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column(
            "canal",
            sa.Enum(
                "web",
                "ventanilla",
                "correo",
                "telefono",
                name="canal",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "prioridad",
            sa.Enum(
                "normal",
                "alta",
                "urgente",
                name="prioridad",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("presentada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digesto", sa.String(length=64), nullable=False),
        sa.Column("clave_hash", sa.String(length=200), nullable=False),
        sa.Column("identificada", sa.Boolean(), nullable=False),
        sa.Column("hechos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=True),
        sa.Column("analista_id", sa.Integer(), nullable=True),
        sa.Column("propuesta_id", sa.Integer(), nullable=True),
        sa.Column("acto_id", sa.Integer(), nullable=True),
        sa.Column("original_id", sa.Integer(), nullable=True),
        sa.Column("calificacion", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("analisis", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("etapa_prevencion", sa.String(length=20), nullable=True),
        sa.Column("reenvios", sa.Integer(), nullable=False),
        sa.Column("buzon_abierto_hasta", sa.Date(), nullable=True),
        sa.Column("cerrada_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(estado IN ('restituida', 'sin_elementos', 'improcedente', 'turnada', 'desistida')) = (causa_cierre IS NOT NULL)",
            name=op.f("ck_denuncia_cierre_con_causa"),
        ),
        sa.ForeignKeyConstraint(["acto_id"], ["acto.id"], name=op.f("fk_denuncia_acto_id"), use_alter=True),
        sa.ForeignKeyConstraint(["analista_id"], ["usuario.id"], name=op.f("fk_denuncia_analista_id")),
        sa.ForeignKeyConstraint(["expediente_id"], ["expediente.id"], name=op.f("fk_denuncia_expediente_id")),
        sa.ForeignKeyConstraint(["original_id"], ["denuncia.id"], name=op.f("fk_denuncia_original_id")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_denuncia_patron_id")),
        sa.ForeignKeyConstraint(
            ["propuesta_id"], ["propuesta.id"], name=op.f("fk_denuncia_propuesta_id"), use_alter=True
        ),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_denuncia_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_denuncia")),
        sa.UniqueConstraint("folio", name=op.f("uq_denuncia_folio")),
    )
    with op.batch_alter_table("denuncia", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_denuncia_acto_id"), ["acto_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_denuncia_analista_id"), ["analista_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_denuncia_expediente_id"), ["expediente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_denuncia_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_denuncia_propuesta_id"), ["propuesta_id"], unique=False)
        batch_op.create_index("ix_denuncia_unidad_estado", ["subdelegacion_id", "estado"], unique=False)

    op.create_table(
        "documento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=True),
        sa.Column("tipo", sa.String(length=40), nullable=False),
        sa.Column("titulo", sa.String(length=200), nullable=False),
        sa.Column(
            "origen",
            sa.Enum(
                "emitido",
                "denunciante",
                "interno",
                name="origendocumento",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("sujeto_tipo", sa.String(length=20), nullable=False),
        sa.Column("sujeto_id", sa.Integer(), nullable=False),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("para_denunciante", sa.Boolean(), nullable=False),
        sa.Column("datos", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("nombre", sa.String(length=160), nullable=False),
        sa.Column("mime", sa.String(length=80), nullable=False),
        sa.Column("tamano", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("emitido_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("emitido_por", sa.Integer(), nullable=True),
        sa.Column("firmas", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["emitido_por"], ["usuario.id"], name=op.f("fk_documento_emitido_por")),
        sa.ForeignKeyConstraint(
            ["expediente_id"], ["expediente.id"], name=op.f("fk_documento_expediente_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documento")),
        sa.UniqueConstraint("folio", name=op.f("uq_documento_folio")),
    )
    with op.batch_alter_table("documento", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documento_expediente_id"), ["expediente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documento_sha256"), ["sha256"], unique=False)
        batch_op.create_index("ix_documento_sujeto", ["sujeto_tipo", "sujeto_id"], unique=False)

    op.create_table(
        "instancia",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definicion_id", sa.Integer(), nullable=False),
        sa.Column("proceso", sa.String(length=40), nullable=False),
        sa.Column("sujeto_tipo", sa.String(length=20), nullable=False),
        sa.Column("sujeto_id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "activa",
                "incidente",
                "terminada",
                name="estadoinstancia",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("estado_motor", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fin", sa.String(length=200), nullable=True),
        sa.Column("datos_fin", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("iniciada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("terminada_en", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["definicion_id"], ["definicion_proceso.id"], name=op.f("fk_instancia_definicion_id")
        ),
        sa.ForeignKeyConstraint(
            ["expediente_id"], ["expediente.id"], name=op.f("fk_instancia_expediente_id")
        ),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_instancia_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instancia")),
    )
    with op.batch_alter_table("instancia", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instancia_expediente_id"), ["expediente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_instancia_proceso"), ["proceso"], unique=False)
        batch_op.create_index(batch_op.f("ix_instancia_subdelegacion_id"), ["subdelegacion_id"], unique=False)
        batch_op.create_index("ix_instancia_sujeto", ["sujeto_tipo", "sujeto_id"], unique=False)

    op.create_table(
        "plazo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clave", sa.String(length=40), nullable=False),
        sa.Column("nombre", sa.String(length=160), nullable=False),
        sa.Column("sujeto_tipo", sa.String(length=20), nullable=False),
        sa.Column("sujeto_id", sa.Integer(), nullable=False),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("longitud", sa.Integer(), nullable=False),
        sa.Column("unidad", sa.String(length=12), nullable=False),
        sa.Column("inicio", sa.String(length=20), nullable=False),
        sa.Column("regimen", sa.String(length=10), nullable=False),
        sa.Column("prorroga", sa.Boolean(), nullable=False),
        sa.Column("desde", sa.Date(), nullable=False),
        sa.Column("vence", sa.Date(), nullable=False),
        sa.Column("dispara_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cita", sa.String(length=300), nullable=False),
        sa.Column("confianza", sa.String(length=20), nullable=False),
        sa.Column("abierto_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cerrado_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("vencido", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["expediente_id"], ["expediente.id"], name=op.f("fk_plazo_expediente_id")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_plazo_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plazo")),
    )
    with op.batch_alter_table("plazo", schema=None) as batch_op:
        batch_op.create_index("ix_plazo_dispara", ["dispara_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_plazo_expediente_id"), ["expediente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plazo_subdelegacion_id"), ["subdelegacion_id"], unique=False)
        batch_op.create_index(
            "uq_plazo_abierto",
            ["sujeto_tipo", "sujeto_id", "clave"],
            unique=True,
            sqlite_where=sa.text("cerrado_en IS NULL"),
            postgresql_where=sa.text("cerrado_en IS NULL"),
        )

    op.create_table(
        "propuesta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "registrada",
                "en_ficha",
                "validada",
                "listada",
                "en_sesion",
                "aprobada",
                "cambio_de_acto",
                "diferida",
                "programada",
                "rechazada",
                "cerrada_diferida",
                "retirada",
                name="estadopropuesta",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "origen",
            sa.Enum(
                "denuncia",
                "mif",
                "inscripcion_improcedente",
                "correccion_incumplida",
                "repse",
                "otra_autoridad",
                name="origenpropuesta",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column(
            "acto",
            sa.Enum(
                "visita",
                "gabinete",
                "invitacion",
                "presuntiva_39c",
                "revision_dictamen",
                "obra",
                name="tipoacto",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("puntaje", sa.Integer(), nullable=True),
        sa.Column("razones", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("monto_presuntivo", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("trabajadores", sa.Integer(), nullable=True),
        sa.Column("urgente", sa.Boolean(), nullable=False),
        sa.Column("preparada_por", sa.Integer(), nullable=True),
        sa.Column("validada_por", sa.Integer(), nullable=True),
        sa.Column("cierre", sa.String(length=20), nullable=True),
        sa.Column("integrada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sin_quorum_seguidas", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["expediente_id"], ["expediente.id"], name=op.f("fk_propuesta_expediente_id")
        ),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_propuesta_patron_id")),
        sa.ForeignKeyConstraint(["preparada_por"], ["usuario.id"], name=op.f("fk_propuesta_preparada_por")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_propuesta_subdelegacion_id")
        ),
        sa.ForeignKeyConstraint(["validada_por"], ["usuario.id"], name=op.f("fk_propuesta_validada_por")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_propuesta")),
        sa.UniqueConstraint("folio", name=op.f("uq_propuesta_folio")),
    )
    with op.batch_alter_table("propuesta", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_propuesta_expediente_id"), ["expediente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_propuesta_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index("ix_propuesta_unidad_estado", ["subdelegacion_id", "estado"], unique=False)
        batch_op.create_index(
            "uq_propuesta_abierta",
            ["patron_id", "subdelegacion_id"],
            unique=True,
            sqlite_where=sa.text(
                "estado IN ('registrada', 'en_ficha', 'validada', 'listada', 'en_sesion', 'diferida', 'aprobada', 'cambio_de_acto')"
            ),
            postgresql_where=sa.text(
                "estado IN ('registrada', 'en_ficha', 'validada', 'listada', 'en_sesion', 'diferida', 'aprobada', 'cambio_de_acto')"
            ),
        )

    op.create_table(
        "acto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "programado",
                "en_emision",
                "ordenado",
                "notificado",
                "en_desahogo",
                "con_observaciones",
                "sin_observaciones",
                "corregido",
                "en_resolucion",
                "determinado",
                "no_localizado",
                "sin_efectos",
                name="estadoacto",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "tipo",
            sa.Enum(
                "visita",
                "gabinete",
                "invitacion",
                "presuntiva_39c",
                "revision_dictamen",
                "obra",
                name="tipoacto",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("propuesta_id", sa.Integer(), nullable=True),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("periodos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("alcance", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("auditores", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("fecha_tentativa", sa.Date(), nullable=True),
        sa.Column("programado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concluido_en", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["expediente_id"], ["expediente.id"], name=op.f("fk_acto_expediente_id")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_acto_patron_id")),
        sa.ForeignKeyConstraint(["propuesta_id"], ["propuesta.id"], name=op.f("fk_acto_propuesta_id")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_acto_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acto")),
        sa.UniqueConstraint("folio", name=op.f("uq_acto_folio")),
    )
    with op.batch_alter_table("acto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acto_expediente_id"), ["expediente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acto_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acto_propuesta_id"), ["propuesta_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acto_subdelegacion_id"), ["subdelegacion_id"], unique=False)

    op.create_table(
        "apertura_identidad",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("denuncia_id", sa.Integer(), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=False),
        sa.Column("motivo", sa.String(length=500), nullable=False),
        sa.Column("abierta_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hasta", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["denuncia_id"], ["denuncia.id"], name=op.f("fk_apertura_identidad_denuncia_id")
        ),
        sa.ForeignKeyConstraint(
            ["usuario_id"], ["usuario.id"], name=op.f("fk_apertura_identidad_usuario_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apertura_identidad")),
    )
    with op.batch_alter_table("apertura_identidad", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_apertura_identidad_denuncia_id"), ["denuncia_id"], unique=False)

    op.create_table(
        "aviso_riesgo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("denuncia_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=True),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("hechos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("registrado_en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["denuncia_id"], ["denuncia.id"], name=op.f("fk_aviso_riesgo_denuncia_id")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_aviso_riesgo_patron_id")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_aviso_riesgo_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aviso_riesgo")),
        sa.UniqueConstraint("denuncia_id", name=op.f("uq_aviso_riesgo_denuncia_id")),
    )
    with op.batch_alter_table("aviso_riesgo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aviso_riesgo_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_aviso_riesgo_subdelegacion_id"), ["subdelegacion_id"], unique=False
        )

    op.create_table(
        "borrador",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("cifrado", sa.LargeBinary(), nullable=False),
        sa.Column("creado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caduca_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("denuncia_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["denuncia_id"], ["denuncia.id"], name=op.f("fk_borrador_denuncia_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_borrador")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_borrador_token_hash")),
    )
    with op.batch_alter_table("borrador", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_borrador_caduca_en"), ["caduca_en"], unique=False)

    op.create_table(
        "correlacion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instancia_id", sa.Integer(), nullable=False),
        sa.Column("clave", sa.String(length=30), nullable=False),
        sa.Column("valor", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["instancia_id"], ["instancia.id"], name=op.f("fk_correlacion_instancia_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correlacion")),
        sa.UniqueConstraint(
            "instancia_id", "clave", "valor", name=op.f("uq_correlacion_instancia_id_clave_valor")
        ),
    )
    with op.batch_alter_table("correlacion", schema=None) as batch_op:
        batch_op.create_index("ix_correlacion_clave_valor", ["clave", "valor"], unique=False)

    op.create_table(
        "espera",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instancia_id", sa.Integer(), nullable=False),
        sa.Column("nodo_motor", sa.String(length=40), nullable=False),
        sa.Column("nodo", sa.String(length=60), nullable=False),
        sa.Column("mensaje", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["instancia_id"], ["instancia.id"], name=op.f("fk_espera_instancia_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_espera")),
        sa.UniqueConstraint(
            "instancia_id", "nodo_motor", "nodo", name=op.f("uq_espera_instancia_id_nodo_motor_nodo")
        ),
    )
    with op.batch_alter_table("espera", schema=None) as batch_op:
        batch_op.create_index("ix_espera_mensaje", ["mensaje"], unique=False)

    op.create_table(
        "ficha",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("propuesta_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("datos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("documento_id", sa.Integer(), nullable=True),
        sa.Column("creada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("creada_por", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["creada_por"], ["usuario.id"], name=op.f("fk_ficha_creada_por")),
        sa.ForeignKeyConstraint(["documento_id"], ["documento.id"], name=op.f("fk_ficha_documento_id")),
        sa.ForeignKeyConstraint(["propuesta_id"], ["propuesta.id"], name=op.f("fk_ficha_propuesta_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ficha")),
        sa.UniqueConstraint("propuesta_id", "numero", name=op.f("uq_ficha_propuesta_id_numero")),
    )
    with op.batch_alter_table("ficha", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ficha_propuesta_id"), ["propuesta_id"], unique=False)

    op.create_table(
        "identidad",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("denuncia_id", sa.Integer(), nullable=False),
        sa.Column("cifrado", sa.LargeBinary(), nullable=False),
        sa.Column("indice_curp", sa.String(length=64), nullable=True),
        sa.Column("indice_nss", sa.String(length=64), nullable=True),
        sa.Column("aportada_en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["denuncia_id"], ["denuncia.id"], name=op.f("fk_identidad_denuncia_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identidad")),
        sa.UniqueConstraint("denuncia_id", name=op.f("uq_identidad_denuncia_id")),
    )
    with op.batch_alter_table("identidad", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identidad_indice_curp"), ["indice_curp"], unique=False)
        batch_op.create_index(batch_op.f("ix_identidad_indice_nss"), ["indice_nss"], unique=False)

    op.create_table(
        "mensaje",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nombre", sa.String(length=60), nullable=False),
        sa.Column("clave", sa.String(length=30), nullable=False),
        sa.Column("valor", sa.String(length=40), nullable=False),
        sa.Column("datos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("politica", sa.String(length=1), nullable=False),
        sa.Column("origen_id", sa.Integer(), nullable=True),
        sa.Column("destino_id", sa.Integer(), nullable=True),
        sa.Column(
            "estado",
            sa.Enum(
                "pendiente",
                "retenido",
                "entregado",
                "descartado",
                name="estadomensaje",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("creado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intentos", sa.Integer(), nullable=False),
        sa.Column("reintentar_en", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["destino_id"], ["instancia.id"], name=op.f("fk_mensaje_destino_id")),
        sa.ForeignKeyConstraint(["origen_id"], ["instancia.id"], name=op.f("fk_mensaje_origen_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mensaje")),
    )
    with op.batch_alter_table("mensaje", schema=None) as batch_op:
        batch_op.create_index("ix_mensaje_clave", ["nombre", "clave", "valor"], unique=False)
        batch_op.create_index("ix_mensaje_estado", ["estado", "reintentar_en"], unique=False)

    op.create_table(
        "mensaje_buzon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("denuncia_id", sa.Integer(), nullable=False),
        sa.Column("de_denunciante", sa.Boolean(), nullable=False),
        sa.Column("tipo", sa.String(length=30), nullable=False),
        sa.Column("cifrado", sa.LargeBinary(), nullable=False),
        sa.Column("en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leido_en", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["denuncia_id"], ["denuncia.id"], name=op.f("fk_mensaje_buzon_denuncia_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mensaje_buzon")),
    )
    with op.batch_alter_table("mensaje_buzon", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mensaje_buzon_denuncia_id"), ["denuncia_id"], unique=False)

    op.create_table(
        "movimiento_plazo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plazo_id", sa.Integer(), nullable=False),
        sa.Column(
            "tipo",
            sa.Enum(
                "apertura",
                "suspension",
                "reanudacion",
                "prorroga",
                "calendario",
                "cierre",
                "vencimiento",
                name="tipomovimiento",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vence_antes", sa.Date(), nullable=True),
        sa.Column("vence", sa.Date(), nullable=False),
        sa.Column("motivo", sa.String(length=300), nullable=False),
        sa.Column("cita", sa.String(length=300), nullable=False),
        sa.Column("derivacion", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plazo_id"], ["plazo.id"], name=op.f("fk_movimiento_plazo_plazo_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_movimiento_plazo_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movimiento_plazo")),
    )
    with op.batch_alter_table("movimiento_plazo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_movimiento_plazo_plazo_id"), ["plazo_id"], unique=False)

    op.create_table(
        "nota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("denuncia_id", sa.Integer(), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=False),
        sa.Column("texto", sa.Text(), nullable=False),
        sa.Column("en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["denuncia_id"], ["denuncia.id"], name=op.f("fk_nota_denuncia_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_nota_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nota")),
    )
    with op.batch_alter_table("nota", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nota_denuncia_id"), ["denuncia_id"], unique=False)

    op.create_table(
        "paso",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instancia_id", sa.Integer(), nullable=False),
        sa.Column("proceso", sa.String(length=40), nullable=False),
        sa.Column("nodo", sa.String(length=60), nullable=False),
        sa.Column("tipo", sa.String(length=30), nullable=False),
        sa.Column(
            "evento",
            sa.Enum(
                "entro",
                "hecho",
                "cancelado",
                name="eventopaso",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["instancia_id"], ["instancia.id"], name=op.f("fk_paso_instancia_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_paso_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paso")),
    )
    with op.batch_alter_table("paso", schema=None) as batch_op:
        batch_op.create_index("ix_paso_instancia", ["instancia_id", "id"], unique=False)

    op.create_table(
        "promocion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("denuncia_id", sa.Integer(), nullable=False),
        sa.Column("tipo", sa.String(length=30), nullable=False),
        sa.Column("cifrado", sa.LargeBinary(), nullable=False),
        sa.Column("presentada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capturado_por", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["capturado_por"], ["usuario.id"], name=op.f("fk_promocion_capturado_por")),
        sa.ForeignKeyConstraint(["denuncia_id"], ["denuncia.id"], name=op.f("fk_promocion_denuncia_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promocion")),
    )
    with op.batch_alter_table("promocion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promocion_denuncia_id"), ["denuncia_id"], unique=False)

    op.create_table(
        "restitucion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("denuncia_id", sa.Integer(), nullable=False),
        sa.Column(
            "etapa",
            sa.Enum(
                "prometida",
                "determinada",
                "reconocida",
                name="etaparestitucion",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("movimientos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("semanas", sa.Integer(), nullable=True),
        sa.Column("completa", sa.Boolean(), nullable=False),
        sa.Column("documento_id", sa.Integer(), nullable=True),
        sa.Column("registrada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registrada_por", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["denuncia_id"], ["denuncia.id"], name=op.f("fk_restitucion_denuncia_id")),
        sa.ForeignKeyConstraint(["documento_id"], ["documento.id"], name=op.f("fk_restitucion_documento_id")),
        sa.ForeignKeyConstraint(
            ["registrada_por"], ["usuario.id"], name=op.f("fk_restitucion_registrada_por")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restitucion")),
    )
    with op.batch_alter_table("restitucion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restitucion_denuncia_id"), ["denuncia_id"], unique=False)

    op.create_table(
        "sesion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column("comite_id", sa.Integer(), nullable=False),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "en_preparacion",
                "convocada",
                "instalada",
                "acta_en_firma",
                "celebrada",
                "sin_quorum",
                "cancelada",
                name="estadosesion",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "tipo",
            sa.Enum(
                "ordinaria",
                "extraordinaria",
                name="tiposesion",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("motivo_extraordinaria", sa.String(length=500), nullable=True),
        sa.Column("fecha_hora", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lugar", sa.String(length=300), nullable=True),
        sa.Column("convocada_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("preside_id", sa.Integer(), nullable=True),
        sa.Column("instalada_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("terminada_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quorum_requerido", sa.Integer(), nullable=True),
        sa.Column("quorum_presente", sa.Integer(), nullable=True),
        sa.Column("motivo_cancelacion", sa.String(length=500), nullable=True),
        sa.Column("observaciones", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("acta_id", sa.Integer(), nullable=True),
        sa.Column("nota_firmas", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["acta_id"], ["documento.id"], name=op.f("fk_sesion_acta_id")),
        sa.ForeignKeyConstraint(["comite_id"], ["comite.id"], name=op.f("fk_sesion_comite_id")),
        sa.ForeignKeyConstraint(["expediente_id"], ["expediente.id"], name=op.f("fk_sesion_expediente_id")),
        sa.ForeignKeyConstraint(["preside_id"], ["asiento.id"], name=op.f("fk_sesion_preside_id")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_sesion_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sesion")),
        sa.UniqueConstraint("folio", name=op.f("uq_sesion_folio")),
    )
    with op.batch_alter_table("sesion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sesion_comite_id"), ["comite_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sesion_expediente_id"), ["expediente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sesion_subdelegacion_id"), ["subdelegacion_id"], unique=False)

    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sujeto_tipo", sa.String(length=20), nullable=False),
        sa.Column("sujeto_id", sa.Integer(), nullable=False),
        sa.Column("causal", sa.String(length=60), nullable=False),
        sa.Column("cita", sa.String(length=300), nullable=False),
        sa.Column("desde", sa.Date(), nullable=False),
        sa.Column("hasta", sa.Date(), nullable=True),
        sa.Column("evidencia_id", sa.Integer(), nullable=True),
        sa.Column("registrada_por", sa.Integer(), nullable=True),
        sa.Column("registrada_en", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hasta IS NULL OR desde <= hasta", name=op.f("ck_suspension_rango")),
        sa.ForeignKeyConstraint(["evidencia_id"], ["documento.id"], name=op.f("fk_suspension_evidencia_id")),
        sa.ForeignKeyConstraint(
            ["registrada_por"], ["usuario.id"], name=op.f("fk_suspension_registrada_por")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.create_index("ix_suspension_sujeto", ["sujeto_tipo", "sujeto_id"], unique=False)

    op.create_table(
        "tarea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instancia_id", sa.Integer(), nullable=False),
        sa.Column("nodo_motor", sa.String(length=40), nullable=False),
        sa.Column("proceso", sa.String(length=40), nullable=False),
        sa.Column("nodo", sa.String(length=60), nullable=False),
        sa.Column("nombre", sa.String(length=160), nullable=False),
        sa.Column("rol", sa.String(length=30), nullable=False),
        sa.Column("formulario", sa.String(length=60), nullable=False),
        sa.Column("operacion", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=True),
        sa.Column("permitida_en_suspension", sa.Boolean(), nullable=False),
        sa.Column("en_espera", sa.Boolean(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "abierta",
                "hecha",
                "cancelada",
                name="estadotarea",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("sujeto_tipo", sa.String(length=20), nullable=False),
        sa.Column("sujeto_id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column("titulo", sa.String(length=250), nullable=False),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("prioridad", sa.Integer(), nullable=False),
        sa.Column("plazo_id", sa.Integer(), nullable=True),
        sa.Column("vence_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reservada", sa.Boolean(), nullable=False),
        sa.Column("asignada_a", sa.Integer(), nullable=True),
        sa.Column("tomada_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("creada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hecha_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hecha_por", sa.Integer(), nullable=True),
        sa.Column("pospuesta_hasta", sa.Date(), nullable=True),
        sa.Column("borrador", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("borrador_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("borrador_de", sa.Integer(), nullable=True),
        sa.Column("respuesta", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asignada_a"], ["usuario.id"], name=op.f("fk_tarea_asignada_a")),
        sa.ForeignKeyConstraint(["borrador_de"], ["usuario.id"], name=op.f("fk_tarea_borrador_de")),
        sa.ForeignKeyConstraint(["expediente_id"], ["expediente.id"], name=op.f("fk_tarea_expediente_id")),
        sa.ForeignKeyConstraint(["hecha_por"], ["usuario.id"], name=op.f("fk_tarea_hecha_por")),
        sa.ForeignKeyConstraint(["instancia_id"], ["instancia.id"], name=op.f("fk_tarea_instancia_id")),
        sa.ForeignKeyConstraint(["plazo_id"], ["plazo.id"], name=op.f("fk_tarea_plazo_id")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_tarea_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tarea")),
        sa.UniqueConstraint("instancia_id", "nodo_motor", name=op.f("uq_tarea_instancia_id_nodo_motor")),
    )
    with op.batch_alter_table("tarea", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tarea_bandeja",
            ["subdelegacion_id", "rol", "vence_en", "id"],
            unique=False,
            sqlite_where=sa.text("estado = 'abierta'"),
            postgresql_where=sa.text("estado = 'abierta'"),
        )
        batch_op.create_index("ix_tarea_expediente", ["expediente_id"], unique=False)
        batch_op.create_index(
            "ix_tarea_mias",
            ["asignada_a", "vence_en", "id"],
            unique=False,
            sqlite_where=sa.text("estado = 'abierta'"),
            postgresql_where=sa.text("estado = 'abierta'"),
        )
        batch_op.create_index(batch_op.f("ix_tarea_plazo_id"), ["plazo_id"], unique=False)

    op.create_table(
        "temporizador",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instancia_id", sa.Integer(), nullable=False),
        sa.Column("nodo_motor", sa.String(length=40), nullable=False),
        sa.Column("nodo", sa.String(length=60), nullable=False),
        sa.Column("plazo_clave", sa.String(length=40), nullable=False),
        sa.Column("vence_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("intentos", sa.Integer(), nullable=False),
        sa.Column("reintentar_en", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["instancia_id"], ["instancia.id"], name=op.f("fk_temporizador_instancia_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_temporizador")),
        sa.UniqueConstraint(
            "instancia_id", "nodo_motor", "nodo", name=op.f("uq_temporizador_instancia_id_nodo_motor_nodo")
        ),
    )
    with op.batch_alter_table("temporizador", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_temporizador_vence_en"), ["vence_en"], unique=False)

    op.create_table(
        "archivo_borrador",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("borrador_id", sa.Integer(), nullable=False),
        sa.Column("nombre", sa.String(length=160), nullable=False),
        sa.Column("mime", sa.String(length=80), nullable=False),
        sa.Column("tamano", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("aviso", sa.String(length=200), nullable=False),
        sa.Column("subido_en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["borrador_id"], ["borrador.id"], name=op.f("fk_archivo_borrador_borrador_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archivo_borrador")),
    )
    with op.batch_alter_table("archivo_borrador", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_archivo_borrador_borrador_id"), ["borrador_id"], unique=False)

    op.create_table(
        "asistencia",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sesion_id", sa.Integer(), nullable=False),
        sa.Column("asiento_id", sa.Integer(), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=False),
        sa.Column("es_suplente", sa.Boolean(), nullable=False),
        sa.Column("oficio_suplencia", sa.String(length=120), nullable=True),
        sa.Column("presente", sa.Boolean(), nullable=False),
        sa.Column(
            "medio",
            sa.Enum(
                "presencial", "remoto", name="medio", native_enum=False, create_constraint=True, length=30
            ),
            nullable=True,
        ),
        sa.Column("llego_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("salio_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("firmo_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("firma", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("negativa_firma", sa.String(length=2000), nullable=True),
        sa.ForeignKeyConstraint(["asiento_id"], ["asiento.id"], name=op.f("fk_asistencia_asiento_id")),
        sa.ForeignKeyConstraint(["sesion_id"], ["sesion.id"], name=op.f("fk_asistencia_sesion_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_asistencia_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asistencia")),
        sa.UniqueConstraint("sesion_id", "asiento_id", name=op.f("uq_asistencia_sesion_id_asiento_id")),
    )
    with op.batch_alter_table("asistencia", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asistencia_sesion_id"), ["sesion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_asistencia_usuario_id"), ["usuario_id"], unique=False)

    op.create_table(
        "asunto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sesion_id", sa.Integer(), nullable=False),
        sa.Column("propuesta_id", sa.Integer(), nullable=False),
        sa.Column("orden", sa.Integer(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "listado",
                "abierto",
                "en_votacion",
                "votado",
                "aprobada",
                "rechazada",
                "diferida",
                "cambio_de_acto",
                "retirado",
                name="estadoasunto",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("causa_diferimiento", sa.String(length=30), nullable=True),
        sa.Column("abierto_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cerrado_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sello", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["propuesta_id"], ["propuesta.id"], name=op.f("fk_asunto_propuesta_id")),
        sa.ForeignKeyConstraint(["sesion_id"], ["sesion.id"], name=op.f("fk_asunto_sesion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asunto")),
        sa.UniqueConstraint("sesion_id", "orden", name=op.f("uq_asunto_sesion_id_orden")),
        sa.UniqueConstraint("sesion_id", "propuesta_id", name=op.f("uq_asunto_sesion_id_propuesta_id")),
    )
    with op.batch_alter_table("asunto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asunto_propuesta_id"), ["propuesta_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_asunto_sesion_id"), ["sesion_id"], unique=False)

    op.create_table(
        "credito",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column("acto_id", sa.Integer(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "por_determinar",
                "en_proyecto",
                "en_revision_juridica",
                "por_firmar",
                "firmado",
                "notificado",
                "en_aclaracion",
                "firme",
                "garantizado_vigente",
                "en_convenio",
                "exigible",
                "en_pae",
                "pagado",
                "garantizado",
                "sin_efectos",
                "cancelado",
                name="estadocredito",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["acto_id"], ["acto.id"], name=op.f("fk_credito_acto_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credito")),
        sa.UniqueConstraint("folio", name=op.f("uq_credito_folio")),
    )
    with op.batch_alter_table("credito", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credito_acto_id"), ["acto_id"], unique=False)

    op.create_table(
        "entrega",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mensaje_id", sa.Integer(), nullable=False),
        sa.Column("instancia_id", sa.Integer(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "pendiente",
                "retenido",
                "entregado",
                "descartado",
                name="estadomensaje",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("entregada_en", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["instancia_id"], ["instancia.id"], name=op.f("fk_entrega_instancia_id")),
        sa.ForeignKeyConstraint(["mensaje_id"], ["mensaje.id"], name=op.f("fk_entrega_mensaje_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrega")),
        sa.UniqueConstraint("mensaje_id", "instancia_id", name=op.f("uq_entrega_mensaje_id_instancia_id")),
    )
    with op.batch_alter_table("entrega", schema=None) as batch_op:
        batch_op.create_index("ix_entrega_instancia", ["instancia_id", "estado"], unique=False)

    op.create_table(
        "incidente",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clave", sa.String(length=12), nullable=False),
        sa.Column("instancia_id", sa.Integer(), nullable=True),
        sa.Column("tarea_id", sa.Integer(), nullable=True),
        sa.Column("mensaje_id", sa.Integer(), nullable=True),
        sa.Column("que", sa.String(length=20), nullable=False),
        sa.Column("causa", sa.Text(), nullable=False),
        sa.Column("datos", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("usuario_id", sa.Integer(), nullable=True),
        sa.Column("en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intentos", sa.Integer(), nullable=False),
        sa.Column("resuelto_en", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["instancia_id"], ["instancia.id"], name=op.f("fk_incidente_instancia_id")),
        sa.ForeignKeyConstraint(["mensaje_id"], ["mensaje.id"], name=op.f("fk_incidente_mensaje_id")),
        sa.ForeignKeyConstraint(["tarea_id"], ["tarea.id"], name=op.f("fk_incidente_tarea_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_incidente_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidente")),
        sa.UniqueConstraint("clave", name=op.f("uq_incidente_clave")),
    )
    with op.batch_alter_table("incidente", schema=None) as batch_op:
        batch_op.create_index("ix_incidente_abierto", ["resuelto_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_incidente_instancia_id"), ["instancia_id"], unique=False)

    op.create_table(
        "acuerdo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column("asunto_id", sa.Integer(), nullable=False),
        sa.Column("resultado", sa.String(length=30), nullable=False),
        sa.Column(
            "acto",
            sa.Enum(
                "visita",
                "gabinete",
                "invitacion",
                "presuntiva_39c",
                "revision_dictamen",
                "obra",
                name="tipoacto",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("periodos", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("texto", sa.Text(), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=True),
        sa.Column("responsable_id", sa.Integer(), nullable=False),
        sa.Column("fecha_compromiso", sa.Date(), nullable=False),
        sa.Column("confirmado_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adoptado_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cumplido_en", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "resultado IN ('aprobada', 'rechazada', 'diferida', 'cambio_de_acto')",
            name=op.f("ck_acuerdo_resultado"),
        ),
        sa.ForeignKeyConstraint(["asunto_id"], ["asunto.id"], name=op.f("fk_acuerdo_asunto_id")),
        sa.ForeignKeyConstraint(["responsable_id"], ["usuario.id"], name=op.f("fk_acuerdo_responsable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acuerdo")),
        sa.UniqueConstraint("asunto_id", name=op.f("uq_acuerdo_asunto_id")),
        sa.UniqueConstraint("folio", name=op.f("uq_acuerdo_folio")),
    )
    with op.batch_alter_table("acuerdo", schema=None) as batch_op:
        batch_op.create_index("ix_acuerdo_compromiso", ["fecha_compromiso"], unique=False)

    op.create_table(
        "excusa",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asunto_id", sa.Integer(), nullable=False),
        sa.Column("asiento_id", sa.Integer(), nullable=False),
        sa.Column(
            "motivo",
            sa.Enum(
                "parentesco",
                "relacion_laboral",
                "interes",
                "participo_en_analisis",
                "otro",
                name="motivoexcusa",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("detalle", sa.String(length=500), nullable=False),
        sa.Column("declarada_en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asiento_id"], ["asiento.id"], name=op.f("fk_excusa_asiento_id")),
        sa.ForeignKeyConstraint(["asunto_id"], ["asunto.id"], name=op.f("fk_excusa_asunto_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excusa")),
        sa.UniqueConstraint("asunto_id", "asiento_id", name=op.f("uq_excusa_asunto_id_asiento_id")),
    )
    with op.batch_alter_table("excusa", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_excusa_asunto_id"), ["asunto_id"], unique=False)

    op.create_table(
        "mocion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asunto_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column(
            "tipo",
            sa.Enum(
                "como_se_propone",
                "cambio_de_acto",
                "diferir",
                name="tipomocion",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "acto_alterno",
            sa.Enum(
                "visita",
                "gabinete",
                "invitacion",
                "presuntiva_39c",
                "revision_dictamen",
                "obra",
                name="tipoacto",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("informacion_pedida", sa.Text(), nullable=True),
        sa.Column("propone_id", sa.Integer(), nullable=False),
        sa.Column("asientos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("fijada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("computada_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resultado", sa.String(length=30), nullable=True),
        sa.Column("computo", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["asunto_id"], ["asunto.id"], name=op.f("fk_mocion_asunto_id")),
        sa.ForeignKeyConstraint(["propone_id"], ["asiento.id"], name=op.f("fk_mocion_propone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mocion")),
        sa.UniqueConstraint("asunto_id", "numero", name=op.f("uq_mocion_asunto_id_numero")),
    )
    with op.batch_alter_table("mocion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mocion_asunto_id"), ["asunto_id"], unique=False)

    op.create_table(
        "voto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mocion_id", sa.Integer(), nullable=False),
        sa.Column("asiento_id", sa.Integer(), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=False),
        sa.Column(
            "sentido",
            sa.Enum(
                "a_favor",
                "en_contra",
                "abstencion",
                name="sentidovoto",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("razon", sa.Text(), nullable=True),
        sa.Column("emitido_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capturado_por", sa.Integer(), nullable=True),
        sa.Column("constancia", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["asiento_id"], ["asiento.id"], name=op.f("fk_voto_asiento_id")),
        sa.ForeignKeyConstraint(["capturado_por"], ["usuario.id"], name=op.f("fk_voto_capturado_por")),
        sa.ForeignKeyConstraint(["mocion_id"], ["mocion.id"], name=op.f("fk_voto_mocion_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_voto_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voto")),
        sa.UniqueConstraint("constancia", name=op.f("uq_voto_constancia")),
        sa.UniqueConstraint("mocion_id", "asiento_id", name=op.f("uq_voto_mocion_id_asiento_id")),
    )
    with op.batch_alter_table("voto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voto_mocion_id"), ["mocion_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("voto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voto_mocion_id"))

    op.drop_table("voto")
    with op.batch_alter_table("mocion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mocion_asunto_id"))

    op.drop_table("mocion")
    with op.batch_alter_table("excusa", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_excusa_asunto_id"))

    op.drop_table("excusa")
    with op.batch_alter_table("acuerdo", schema=None) as batch_op:
        batch_op.drop_index("ix_acuerdo_compromiso")

    op.drop_table("acuerdo")
    with op.batch_alter_table("incidente", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incidente_instancia_id"))
        batch_op.drop_index("ix_incidente_abierto")

    op.drop_table("incidente")
    with op.batch_alter_table("entrega", schema=None) as batch_op:
        batch_op.drop_index("ix_entrega_instancia")

    op.drop_table("entrega")
    with op.batch_alter_table("credito", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credito_acto_id"))

    op.drop_table("credito")
    with op.batch_alter_table("asunto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asunto_sesion_id"))
        batch_op.drop_index(batch_op.f("ix_asunto_propuesta_id"))

    op.drop_table("asunto")
    with op.batch_alter_table("asistencia", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asistencia_usuario_id"))
        batch_op.drop_index(batch_op.f("ix_asistencia_sesion_id"))

    op.drop_table("asistencia")
    with op.batch_alter_table("archivo_borrador", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_archivo_borrador_borrador_id"))

    op.drop_table("archivo_borrador")
    with op.batch_alter_table("temporizador", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_temporizador_vence_en"))

    op.drop_table("temporizador")
    with op.batch_alter_table("tarea", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tarea_plazo_id"))
        batch_op.drop_index(
            "ix_tarea_mias",
            sqlite_where=sa.text("estado = 'abierta'"),
            postgresql_where=sa.text("estado = 'abierta'"),
        )
        batch_op.drop_index("ix_tarea_expediente")
        batch_op.drop_index(
            "ix_tarea_bandeja",
            sqlite_where=sa.text("estado = 'abierta'"),
            postgresql_where=sa.text("estado = 'abierta'"),
        )

    op.drop_table("tarea")
    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.drop_index("ix_suspension_sujeto")

    op.drop_table("suspension")
    with op.batch_alter_table("sesion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sesion_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_sesion_expediente_id"))
        batch_op.drop_index(batch_op.f("ix_sesion_comite_id"))

    op.drop_table("sesion")
    with op.batch_alter_table("restitucion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restitucion_denuncia_id"))

    op.drop_table("restitucion")
    with op.batch_alter_table("promocion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promocion_denuncia_id"))

    op.drop_table("promocion")
    with op.batch_alter_table("paso", schema=None) as batch_op:
        batch_op.drop_index("ix_paso_instancia")

    op.drop_table("paso")
    with op.batch_alter_table("nota", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nota_denuncia_id"))

    op.drop_table("nota")
    with op.batch_alter_table("movimiento_plazo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_movimiento_plazo_plazo_id"))

    op.drop_table("movimiento_plazo")
    with op.batch_alter_table("mensaje_buzon", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mensaje_buzon_denuncia_id"))

    op.drop_table("mensaje_buzon")
    with op.batch_alter_table("mensaje", schema=None) as batch_op:
        batch_op.drop_index("ix_mensaje_estado")
        batch_op.drop_index("ix_mensaje_clave")

    op.drop_table("mensaje")
    with op.batch_alter_table("identidad", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identidad_indice_nss"))
        batch_op.drop_index(batch_op.f("ix_identidad_indice_curp"))

    op.drop_table("identidad")
    with op.batch_alter_table("ficha", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ficha_propuesta_id"))

    op.drop_table("ficha")
    with op.batch_alter_table("espera", schema=None) as batch_op:
        batch_op.drop_index("ix_espera_mensaje")

    op.drop_table("espera")
    with op.batch_alter_table("correlacion", schema=None) as batch_op:
        batch_op.drop_index("ix_correlacion_clave_valor")

    op.drop_table("correlacion")
    with op.batch_alter_table("borrador", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_borrador_caduca_en"))

    op.drop_table("borrador")
    with op.batch_alter_table("aviso_riesgo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aviso_riesgo_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_aviso_riesgo_patron_id"))

    op.drop_table("aviso_riesgo")
    with op.batch_alter_table("apertura_identidad", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_apertura_identidad_denuncia_id"))

    op.drop_table("apertura_identidad")
    with op.batch_alter_table("acto", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acto_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_acto_propuesta_id"))
        batch_op.drop_index(batch_op.f("ix_acto_patron_id"))
        batch_op.drop_index(batch_op.f("ix_acto_expediente_id"))

    op.drop_table("acto")
    with op.batch_alter_table("propuesta", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_propuesta_abierta",
            sqlite_where=sa.text(
                "estado IN ('registrada', 'en_ficha', 'validada', 'listada', 'en_sesion', 'diferida', 'aprobada', 'cambio_de_acto')"
            ),
            postgresql_where=sa.text(
                "estado IN ('registrada', 'en_ficha', 'validada', 'listada', 'en_sesion', 'diferida', 'aprobada', 'cambio_de_acto')"
            ),
        )
        batch_op.drop_index("ix_propuesta_unidad_estado")
        batch_op.drop_index(batch_op.f("ix_propuesta_patron_id"))
        batch_op.drop_index(batch_op.f("ix_propuesta_expediente_id"))

    op.drop_table("propuesta")
    with op.batch_alter_table("plazo", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_plazo_abierto",
            sqlite_where=sa.text("cerrado_en IS NULL"),
            postgresql_where=sa.text("cerrado_en IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_plazo_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_plazo_expediente_id"))
        batch_op.drop_index("ix_plazo_dispara")

    op.drop_table("plazo")
    with op.batch_alter_table("instancia", schema=None) as batch_op:
        batch_op.drop_index("ix_instancia_sujeto")
        batch_op.drop_index(batch_op.f("ix_instancia_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_instancia_proceso"))
        batch_op.drop_index(batch_op.f("ix_instancia_expediente_id"))

    op.drop_table("instancia")
    with op.batch_alter_table("documento", schema=None) as batch_op:
        batch_op.drop_index("ix_documento_sujeto")
        batch_op.drop_index(batch_op.f("ix_documento_sha256"))
        batch_op.drop_index(batch_op.f("ix_documento_expediente_id"))

    op.drop_table("documento")
    with op.batch_alter_table("denuncia", schema=None) as batch_op:
        batch_op.drop_index("ix_denuncia_unidad_estado")
        batch_op.drop_index(batch_op.f("ix_denuncia_propuesta_id"))
        batch_op.drop_index(batch_op.f("ix_denuncia_patron_id"))
        batch_op.drop_index(batch_op.f("ix_denuncia_expediente_id"))
        batch_op.drop_index(batch_op.f("ix_denuncia_analista_id"))
        batch_op.drop_index(batch_op.f("ix_denuncia_acto_id"))

    op.drop_table("denuncia")
    with op.batch_alter_table("bitacora", schema=None) as batch_op:
        batch_op.drop_index("ix_bitacora_expediente")

    op.drop_table("bitacora")
    with op.batch_alter_table("usuario_rol", schema=None) as batch_op:
        batch_op.drop_index("ix_usuario_rol_rol")

    op.drop_table("usuario_rol")
    with op.batch_alter_table("expediente", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expediente_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_expediente_patron_id"))

    op.drop_table("expediente")
    with op.batch_alter_table("ausencia", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ausencia_usuario_id"))
        batch_op.drop_index(batch_op.f("ix_ausencia_suplente_id"))

    op.drop_table("ausencia")
    with op.batch_alter_table("asiento", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asiento_usuario_id"))
        batch_op.drop_index(batch_op.f("ix_asiento_comite_id"))

    op.drop_table("asiento")
    with op.batch_alter_table("usuario", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_usuario_subdelegacion_id"))

    op.drop_table("usuario")
    with op.batch_alter_table("territorio", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territorio_cp_desde"))

    op.drop_table("territorio")
    with op.batch_alter_table("patron", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patron_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_patron_rfc"))
        batch_op.drop_index(batch_op.f("ix_patron_nombre"))

    op.drop_table("patron")
    with op.batch_alter_table("dia_inhabil", schema=None) as batch_op:
        batch_op.drop_index("uq_dia_inhabil")

    op.drop_table("dia_inhabil")
    with op.batch_alter_table("comite", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comite_subdelegacion_id"))

    op.drop_table("comite")
    with op.batch_alter_table("subdelegacion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subdelegacion_ooad_id"))

    op.drop_table("subdelegacion")
    with op.batch_alter_table("salida", schema=None) as batch_op:
        batch_op.drop_index("ix_salida_pendiente")

    op.drop_table("salida")
    op.drop_table("reloj")
    op.drop_table("ooad")
    op.drop_table("definicion_proceso")
    op.drop_table("consecutivo")
    op.drop_table("bitacora_cabeza")
    op.drop_table("acceso_buzon")
