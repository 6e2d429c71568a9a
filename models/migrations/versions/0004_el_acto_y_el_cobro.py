"""el acto y el cobro"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Written once, as 0002 says of the ledgers.
TABLAS = (
    "acta", "diligencia_notificacion", "promocion_patron", "cedula", "asiento_credito", "diligencia_pae",
    "informe_intervencion", "avaluo",
)  # fmt: skip


def upgrade() -> None:
    # The credit of 0001 was a stand-in without rows: nothing created them. It is drawn again, whole.
    op.drop_table("credito")

    op.create_table(
        "pae",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "abierto",
                "con_mandamiento",
                "requerido",
                "embargado",
                "ampliado",
                "en_intervencion",
                "en_remate",
                "sin_bienes_hallados",
                "pagado",
                "adjudicado",
                "sin_bienes",
                "prescrito",
                "cancelado",
                name="estadopae",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("ejecutores", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("causa", sa.String(length=40), nullable=False),
        sa.Column("abierto_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concluido_en", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["expediente_id"], ["expediente.id"], name=op.f("fk_pae_expediente_id")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_pae_patron_id")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_pae_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pae")),
        sa.UniqueConstraint("folio", name=op.f("uq_pae_folio")),
    )
    with op.batch_alter_table("pae", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pae_expediente_id"), ["expediente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pae_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pae_subdelegacion_id"), ["subdelegacion_id"], unique=False)
        batch_op.create_index(
            "uq_pae_abierto",
            ["patron_id", "subdelegacion_id"],
            unique=True,
            sqlite_where=sa.text("concluido_en IS NULL"),
            postgresql_where=sa.text("concluido_en IS NULL"),
        )

    op.create_table(
        "depositaria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pae_id", sa.Integer(), nullable=False),
        sa.Column("cargo", sa.String(length=20), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=True),
        sa.Column("persona", sa.String(length=160), nullable=False),
        sa.Column("caracter", sa.String(length=120), nullable=False),
        sa.Column("domicilio", sa.String(length=300), nullable=False),
        sa.Column("nombrado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acepto", sa.Boolean(), nullable=True),
        sa.Column("respondio_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("inscripcion", sa.String(length=120), nullable=False),
        sa.Column("removido_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pae_id"], ["pae.id"], name=op.f("fk_depositaria_pae_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_depositaria_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depositaria")),
    )
    with op.batch_alter_table("depositaria", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_depositaria_pae_id"), ["pae_id"], unique=False)

    op.create_table(
        "diligencia_pae",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pae_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column(
            "tipo",
            sa.Enum(
                "requerimiento",
                "citatorio",
                "embargo",
                "requerimiento_embargo",
                "ampliacion",
                "remate",
                "entrega",
                name="tipodiligenciapae",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("inicio", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fin", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resultado", sa.String(length=30), nullable=False),
        sa.Column("atiende", sa.String(length=160), nullable=False),
        sa.Column("gastos", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("datos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("documento_id", sa.Integer(), nullable=True),
        sa.Column("usuario_id", sa.Integer(), nullable=True),
        sa.Column("registrada_en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["documento_id"], ["documento.id"], name=op.f("fk_diligencia_pae_documento_id")
        ),
        sa.ForeignKeyConstraint(["pae_id"], ["pae.id"], name=op.f("fk_diligencia_pae_pae_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_diligencia_pae_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diligencia_pae")),
        sa.UniqueConstraint("pae_id", "numero", name=op.f("uq_diligencia_pae_pae_id_numero")),
    )
    op.create_table(
        "notificacion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "ordenada",
                "en_practica",
                "citatorio",
                "en_buzon",
                "en_busqueda",
                "en_estrados",
                "en_edictos",
                "practicada",
                "notificada",
                "no_localizado",
                "anulada",
                name="estadonotificacion",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "medio",
            sa.Enum(
                "buzon",
                "personal",
                "comparecencia",
                "estrados",
                "edictos",
                name="medionotificacion",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("documento_id", sa.Integer(), nullable=False),
        sa.Column("sujeto_tipo", sa.String(length=20), nullable=False),
        sa.Column("sujeto_id", sa.Integer(), nullable=False),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column(
            "calidad",
            sa.Enum(
                "patron",
                "representante",
                "responsable_solidario",
                "acreedor",
                "tercero",
                name="calidaddestinatario",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("destinatario", sa.String(length=250), nullable=False),
        sa.Column("domicilio", sa.String(length=300), nullable=False),
        sa.Column("codigo_postal", sa.String(length=5), nullable=False),
        sa.Column("admite_no_localizado", sa.Boolean(), nullable=False),
        sa.Column("cierra_plazo", sa.String(length=40), nullable=False),
        sa.Column("interrumpe_prescripcion", sa.Boolean(), nullable=False),
        sa.Column("notificador_id", sa.Integer(), nullable=True),
        sa.Column("causa_estrados", sa.String(length=40), nullable=False),
        sa.Column("ordenada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fecha", sa.Date(), nullable=True),
        sa.Column("surte_efectos", sa.Date(), nullable=True),
        sa.Column("constancia_id", sa.Integer(), nullable=True),
        sa.Column("anulada_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("causa_nulidad", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "surte_efectos IS NULL OR fecha IS NOT NULL", name=op.f("ck_notificacion_efectos_con_fecha")
        ),
        sa.ForeignKeyConstraint(
            ["constancia_id"], ["documento.id"], name=op.f("fk_notificacion_constancia_id")
        ),
        sa.ForeignKeyConstraint(
            ["documento_id"], ["documento.id"], name=op.f("fk_notificacion_documento_id")
        ),
        sa.ForeignKeyConstraint(
            ["expediente_id"], ["expediente.id"], name=op.f("fk_notificacion_expediente_id")
        ),
        sa.ForeignKeyConstraint(
            ["notificador_id"], ["usuario.id"], name=op.f("fk_notificacion_notificador_id")
        ),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_notificacion_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notificacion")),
        sa.UniqueConstraint("folio", name=op.f("uq_notificacion_folio")),
    )
    with op.batch_alter_table("notificacion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notificacion_documento_id"), ["documento_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notificacion_expediente_id"), ["expediente_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notificacion_subdelegacion_id"), ["subdelegacion_id"], unique=False
        )
        batch_op.create_index("ix_notificacion_sujeto", ["sujeto_tipo", "sujeto_id"], unique=False)

    op.create_table(
        "pago",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "recibido",
                "aplicado",
                "reversado",
                name="estadopago",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "origen",
            sa.Enum(
                "ventanilla",
                "banco",
                "garantia",
                "cuenta",
                "intervencion",
                "remate",
                "adjudicacion",
                name="origenpago",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("referencia", sa.String(length=60), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("fecha", sa.Date(), nullable=False),
        sa.Column("importe", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("excedente", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("corrige_id", sa.Integer(), nullable=True),
        sa.Column("motivo", sa.String(length=300), nullable=False),
        sa.Column("documento_id", sa.Integer(), nullable=True),
        sa.Column("archivo_sha256", sa.String(length=64), nullable=False),
        sa.Column("registrado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registrado_por", sa.Integer(), nullable=True),
        sa.CheckConstraint("excedente >= 0 AND excedente <= importe", name=op.f("ck_pago_excedente")),
        sa.CheckConstraint("importe > 0", name=op.f("ck_pago_importe")),
        sa.ForeignKeyConstraint(["corrige_id"], ["pago.id"], name=op.f("fk_pago_corrige_id")),
        sa.ForeignKeyConstraint(["documento_id"], ["documento.id"], name=op.f("fk_pago_documento_id")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_pago_patron_id")),
        sa.ForeignKeyConstraint(["registrado_por"], ["usuario.id"], name=op.f("fk_pago_registrado_por")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_pago_subdelegacion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pago")),
        sa.UniqueConstraint("folio", name=op.f("uq_pago_folio")),
        sa.UniqueConstraint("origen", "referencia", name=op.f("uq_pago_origen_referencia")),
    )
    with op.batch_alter_table("pago", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pago_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pago_subdelegacion_id"), ["subdelegacion_id"], unique=False)

    op.create_table(
        "promocion_patron",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column("tipo", sa.String(length=40), nullable=False),
        sa.Column(
            "via",
            sa.Enum(
                "ventanilla",
                "correo",
                "buzon",
                name="viapromocion",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("sujeto_tipo", sa.String(length=20), nullable=False),
        sa.Column("sujeto_id", sa.Integer(), nullable=False),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("presentada", sa.Date(), nullable=False),
        sa.Column("resumen", sa.Text(), nullable=False),
        sa.Column("documento_id", sa.Integer(), nullable=True),
        sa.Column("capturada_por", sa.Integer(), nullable=True),
        sa.Column("capturada_en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["capturada_por"], ["usuario.id"], name=op.f("fk_promocion_patron_capturada_por")
        ),
        sa.ForeignKeyConstraint(
            ["documento_id"], ["documento.id"], name=op.f("fk_promocion_patron_documento_id")
        ),
        sa.ForeignKeyConstraint(
            ["expediente_id"], ["expediente.id"], name=op.f("fk_promocion_patron_expediente_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promocion_patron")),
        sa.UniqueConstraint("folio", name=op.f("uq_promocion_patron_folio")),
    )
    with op.batch_alter_table("promocion_patron", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_promocion_patron_expediente_id"), ["expediente_id"], unique=False
        )
        batch_op.create_index("ix_promocion_patron_sujeto", ["sujeto_tipo", "sujeto_id"], unique=False)

    op.create_table(
        "acta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("acto_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column(
            "tipo",
            sa.Enum(
                "citatorio",
                "inicio",
                "parcial",
                "compulsa",
                "oposicion",
                "reposicion",
                "correccion",
                "ultima_parcial",
                "final",
                name="tipoacta",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("fecha_hora", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lugar", sa.String(length=300), nullable=False),
        sa.Column("hechos", sa.Text(), nullable=False),
        sa.Column("datos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=True),
        sa.Column("documento_id", sa.Integer(), nullable=True),
        sa.Column("registrada_en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["acto_id"], ["acto.id"], name=op.f("fk_acta_acto_id")),
        sa.ForeignKeyConstraint(["auditor_id"], ["usuario.id"], name=op.f("fk_acta_auditor_id")),
        sa.ForeignKeyConstraint(["documento_id"], ["documento.id"], name=op.f("fk_acta_documento_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acta")),
        sa.UniqueConstraint("acto_id", "numero", name=op.f("uq_acta_acto_id_numero")),
    )
    op.create_table(
        "bien",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pae_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "trabado",
                "inscrito",
                "en_deposito",
                "en_avaluo",
                "avaluo_objetado",
                "valuado",
                "en_subasta",
                "fincado",
                "desierto",
                "vendido",
                "adjudicado",
                "liberado",
                "reclamado_tercero",
                "sustituido",
                "entregado",
                "abandonado",
                name="estadobien",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "tipo",
            sa.Enum(
                "dinero",
                "deposito",
                "acciones",
                "credito",
                "mueble",
                "vehiculo",
                "negociacion",
                "inmueble",
                name="tipobien",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("diligencia_id", sa.Integer(), nullable=False),
        sa.Column("descripcion", sa.Text(), nullable=False),
        sa.Column("condicion", sa.String(length=200), nullable=False),
        sa.Column("valor_estimado", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("designa", sa.String(length=10), nullable=False),
        sa.Column("gravamen", sa.String(length=300), nullable=False),
        sa.Column("fotos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("depositaria_id", sa.Integer(), nullable=True),
        sa.Column("registro", sa.String(length=160), nullable=False),
        sa.Column("embargado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("salida_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("salida_motivo", sa.String(length=300), nullable=False),
        sa.CheckConstraint("valor_estimado > 0", name=op.f("ck_bien_valor")),
        sa.ForeignKeyConstraint(["depositaria_id"], ["depositaria.id"], name=op.f("fk_bien_depositaria_id")),
        sa.ForeignKeyConstraint(["diligencia_id"], ["diligencia_pae.id"], name=op.f("fk_bien_diligencia_id")),
        sa.ForeignKeyConstraint(["pae_id"], ["pae.id"], name=op.f("fk_bien_pae_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bien")),
        sa.UniqueConstraint("pae_id", "numero", name=op.f("uq_bien_pae_id_numero")),
    )
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
        sa.Column(
            "clase",
            sa.Enum(
                "cop",
                "rcv",
                "multa",
                "capital",
                name="clasecredito",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("expediente_id", sa.Integer(), nullable=False),
        sa.Column("subdelegacion_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("pae_id", sa.Integer(), nullable=True),
        sa.Column("periodo_desde", sa.Date(), nullable=True),
        sa.Column("periodo_hasta", sa.Date(), nullable=True),
        sa.Column("sustituye_id", sa.Integer(), nullable=True),
        sa.Column("medios_de_defensa", sa.Boolean(), nullable=False),
        sa.Column("notificado", sa.Date(), nullable=True),
        sa.Column("exigible_desde", sa.Date(), nullable=True),
        sa.Column("de_convenio", sa.Boolean(), nullable=False),
        sa.Column("causa", sa.String(length=40), nullable=False),
        sa.Column("creado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concluido_en", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "periodo_desde IS NULL OR periodo_desde <= periodo_hasta", name=op.f("ck_credito_periodo")
        ),
        sa.ForeignKeyConstraint(["acto_id"], ["acto.id"], name=op.f("fk_credito_acto_id")),
        sa.ForeignKeyConstraint(["expediente_id"], ["expediente.id"], name=op.f("fk_credito_expediente_id")),
        sa.ForeignKeyConstraint(["pae_id"], ["pae.id"], name=op.f("fk_credito_pae_id")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name=op.f("fk_credito_patron_id")),
        sa.ForeignKeyConstraint(
            ["subdelegacion_id"], ["subdelegacion.id"], name=op.f("fk_credito_subdelegacion_id")
        ),
        sa.ForeignKeyConstraint(["sustituye_id"], ["credito.id"], name=op.f("fk_credito_sustituye_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credito")),
        sa.UniqueConstraint("folio", name=op.f("uq_credito_folio")),
    )
    with op.batch_alter_table("credito", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credito_acto_id"), ["acto_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credito_expediente_id"), ["expediente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credito_pae_id"), ["pae_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credito_patron_id"), ["patron_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credito_subdelegacion_id"), ["subdelegacion_id"], unique=False)

    op.create_table(
        "diligencia_notificacion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notificacion_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column(
            "tipo",
            sa.Enum(
                "visita",
                "citatorio",
                "cita",
                "busqueda",
                "deposito",
                "apertura",
                "publicacion",
                name="tipodiligencia",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("fecha_hora", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resultado", sa.String(length=30), nullable=False),
        sa.Column("persona", sa.String(length=160), nullable=False),
        sa.Column("caracter", sa.String(length=120), nullable=False),
        sa.Column("identificacion", sa.String(length=160), nullable=False),
        sa.Column("cercioramiento", sa.Text(), nullable=False),
        sa.Column("habilitacion", sa.Text(), nullable=False),
        sa.Column("datos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=True),
        sa.Column("registrada_en", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["notificacion_id"], ["notificacion.id"], name=op.f("fk_diligencia_notificacion_notificacion_id")
        ),
        sa.ForeignKeyConstraint(
            ["usuario_id"], ["usuario.id"], name=op.f("fk_diligencia_notificacion_usuario_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diligencia_notificacion")),
        sa.UniqueConstraint(
            "notificacion_id", "numero", name=op.f("uq_diligencia_notificacion_notificacion_id_numero")
        ),
    )
    op.create_table(
        "inmovilizacion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pae_id", sa.Integer(), nullable=False),
        sa.Column("entidad", sa.String(length=120), nullable=False),
        sa.Column("cuenta", sa.String(length=4), nullable=False),
        sa.Column("ordenado", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("precautorio", sa.Boolean(), nullable=False),
        sa.Column("ordenada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("informado", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("informada", sa.Date(), nullable=True),
        sa.Column("notificada", sa.Date(), nullable=True),
        sa.Column("transferido", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("liberado", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("pago_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ordenado > 0", name=op.f("ck_inmovilizacion_ordenado")),
        sa.ForeignKeyConstraint(["pae_id"], ["pae.id"], name=op.f("fk_inmovilizacion_pae_id")),
        sa.ForeignKeyConstraint(["pago_id"], ["pago.id"], name=op.f("fk_inmovilizacion_pago_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inmovilizacion")),
    )
    with op.batch_alter_table("inmovilizacion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inmovilizacion_pae_id"), ["pae_id"], unique=False)

    op.create_table(
        "intervencion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pae_id", sa.Integer(), nullable=False),
        sa.Column("depositaria_id", sa.Integer(), nullable=False),
        sa.Column("base", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("estacional", sa.Boolean(), nullable=False),
        sa.Column("iniciada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concluida_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("desenlace", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["depositaria_id"], ["depositaria.id"], name=op.f("fk_intervencion_depositaria_id")
        ),
        sa.ForeignKeyConstraint(["pae_id"], ["pae.id"], name=op.f("fk_intervencion_pae_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervencion")),
    )
    with op.batch_alter_table("intervencion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intervencion_pae_id"), ["pae_id"], unique=False)

    op.create_table(
        "orden",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column("acto_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "en_proyecto",
                "firmada",
                "devuelta",
                "no_procede",
                name="estadoorden",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("objeto", sa.Text(), nullable=False),
        sa.Column("periodos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("contribuciones", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("domicilios", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("visitadores", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("nombre_visitado", sa.String(length=250), nullable=False),
        sa.Column("universo", sa.String(length=40), nullable=False),
        sa.Column("elaborada_por", sa.Integer(), nullable=True),
        sa.Column("elaborada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("firmada_por", sa.Integer(), nullable=True),
        sa.Column("firmada_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("documento_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["acto_id"], ["acto.id"], name=op.f("fk_orden_acto_id")),
        sa.ForeignKeyConstraint(["documento_id"], ["documento.id"], name=op.f("fk_orden_documento_id")),
        sa.ForeignKeyConstraint(["elaborada_por"], ["usuario.id"], name=op.f("fk_orden_elaborada_por")),
        sa.ForeignKeyConstraint(["firmada_por"], ["usuario.id"], name=op.f("fk_orden_firmada_por")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orden")),
        sa.UniqueConstraint("acto_id", "version", name=op.f("uq_orden_acto_id_version")),
        sa.UniqueConstraint("folio", name=op.f("uq_orden_folio")),
    )
    op.create_table(
        "requerimiento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column("acto_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "elaborado",
                "notificado",
                "completo",
                "parcial",
                "incumplido",
                name="estadorequerimiento",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("documentos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("plazo", sa.String(length=40), nullable=False),
        sa.Column("lugar", sa.String(length=300), nullable=False),
        sa.Column("faltantes", sa.Text(), nullable=False),
        sa.Column("ampliado", sa.Boolean(), nullable=False),
        sa.Column("documento_id", sa.Integer(), nullable=True),
        sa.Column("suspension_id", sa.Integer(), nullable=True),
        sa.Column("elaborado_por", sa.Integer(), nullable=True),
        sa.Column("elaborado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contestado_en", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["acto_id"], ["acto.id"], name=op.f("fk_requerimiento_acto_id")),
        sa.ForeignKeyConstraint(
            ["documento_id"], ["documento.id"], name=op.f("fk_requerimiento_documento_id")
        ),
        sa.ForeignKeyConstraint(
            ["elaborado_por"], ["usuario.id"], name=op.f("fk_requerimiento_elaborado_por")
        ),
        sa.ForeignKeyConstraint(
            ["suspension_id"], ["suspension.id"], name=op.f("fk_requerimiento_suspension_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requerimiento")),
        sa.UniqueConstraint("acto_id", "numero", name=op.f("uq_requerimiento_acto_id_numero")),
        sa.UniqueConstraint("folio", name=op.f("uq_requerimiento_folio")),
    )
    op.create_table(
        "asiento_credito",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credito_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column(
            "tipo",
            sa.Enum(
                "cargo",
                "abono",
                "reduccion",
                "reverso",
                "baja",
                name="tipoasiento",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "concepto",
            sa.Enum(
                "gastos",
                "recargos",
                "multa",
                "indemnizacion",
                "actualizacion",
                "cuotas_patron",
                "cuotas_trabajador",
                name="conceptocredito",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("importe", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("fecha", sa.Date(), nullable=False),
        sa.Column("de_id", sa.Integer(), nullable=True),
        sa.Column("pago_id", sa.Integer(), nullable=True),
        sa.Column("motivo", sa.String(length=300), nullable=False),
        sa.Column("cita", sa.String(length=300), nullable=False),
        sa.Column("derivacion", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("registrado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("importe > 0", name=op.f("ck_asiento_credito_importe")),
        sa.ForeignKeyConstraint(["de_id"], ["asiento_credito.id"], name=op.f("fk_asiento_credito_de_id")),
        sa.ForeignKeyConstraint(["credito_id"], ["credito.id"], name=op.f("fk_asiento_credito_credito_id")),
        sa.ForeignKeyConstraint(["pago_id"], ["pago.id"], name=op.f("fk_asiento_credito_pago_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_asiento_credito_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asiento_credito")),
        sa.UniqueConstraint("credito_id", "numero", name=op.f("uq_asiento_credito_credito_id_numero")),
    )
    with op.batch_alter_table("asiento_credito", schema=None) as batch_op:
        batch_op.create_index("ix_asiento_credito_fecha", ["credito_id", "fecha"], unique=False)
        batch_op.create_index(batch_op.f("ix_asiento_credito_pago_id"), ["pago_id"], unique=False)

    op.create_table(
        "avaluo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bien_id", sa.Integer(), nullable=False),
        sa.Column(
            "origen",
            sa.Enum(
                "oficina",
                "deudor",
                "tercero",
                name="origenavaluo",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("valuador_id", sa.Integer(), nullable=True),
        sa.Column("perito", sa.String(length=160), nullable=False),
        sa.Column("metodo", sa.String(length=300), nullable=False),
        sa.Column("valor", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("rendido", sa.Date(), nullable=False),
        sa.Column("vigente_hasta", sa.Date(), nullable=False),
        sa.Column("documento_id", sa.Integer(), nullable=True),
        sa.Column("registrado_en", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("valor > 0", name=op.f("ck_avaluo_valor")),
        sa.ForeignKeyConstraint(["bien_id"], ["bien.id"], name=op.f("fk_avaluo_bien_id")),
        sa.ForeignKeyConstraint(["documento_id"], ["documento.id"], name=op.f("fk_avaluo_documento_id")),
        sa.ForeignKeyConstraint(["valuador_id"], ["usuario.id"], name=op.f("fk_avaluo_valuador_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avaluo")),
    )
    with op.batch_alter_table("avaluo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_avaluo_bien_id"), ["bien_id"], unique=False)

    op.create_table(
        "cedula",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credito_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("al", sa.Date(), nullable=False),
        sa.Column("trabajadores", sa.Integer(), nullable=False),
        sa.Column("omitido_patron", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("omitido_trabajador", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("actualizacion", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("recargos", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("multa", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("total", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("individualizacion", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("calculada_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("calculada_por", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["calculada_por"], ["usuario.id"], name=op.f("fk_cedula_calculada_por")),
        sa.ForeignKeyConstraint(["credito_id"], ["credito.id"], name=op.f("fk_cedula_credito_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cedula")),
        sa.UniqueConstraint("credito_id", "version", name=op.f("uq_cedula_credito_id_version")),
    )
    op.create_table(
        "credito_en_pae",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pae_id", sa.Integer(), nullable=False),
        sa.Column("credito_id", sa.Integer(), nullable=False),
        sa.Column("acumulado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("excluido_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("causa_exclusion", sa.String(length=40), nullable=False),
        sa.Column("suspendido_por", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["credito_id"], ["credito.id"], name=op.f("fk_credito_en_pae_credito_id")),
        sa.ForeignKeyConstraint(["pae_id"], ["pae.id"], name=op.f("fk_credito_en_pae_pae_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credito_en_pae")),
        sa.UniqueConstraint("pae_id", "credito_id", name=op.f("uq_credito_en_pae_pae_id_credito_id")),
    )
    with op.batch_alter_table("credito_en_pae", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credito_en_pae_credito_id"), ["credito_id"], unique=False)

    op.create_table(
        "hecho_observado",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("acto_id", sa.Integer(), nullable=False),
        sa.Column("acta_id", sa.Integer(), nullable=True),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("hecho", sa.Text(), nullable=False),
        sa.Column("norma", sa.String(length=200), nullable=False),
        sa.Column("periodo_desde", sa.Date(), nullable=False),
        sa.Column("periodo_hasta", sa.Date(), nullable=False),
        sa.Column("trabajadores", sa.Integer(), nullable=False),
        sa.Column("monto", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column(
            "resultado",
            sa.Enum(
                "por_valorar",
                "subsiste",
                "desvirtuado",
                "corregido",
                name="resultadohecho",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("prueba", sa.Text(), nullable=False),
        sa.Column("razon", sa.Text(), nullable=False),
        sa.CheckConstraint("monto IS NULL OR monto >= 0", name=op.f("ck_hecho_observado_monto")),
        sa.CheckConstraint("periodo_desde <= periodo_hasta", name=op.f("ck_hecho_observado_periodo")),
        sa.ForeignKeyConstraint(["acta_id"], ["acta.id"], name=op.f("fk_hecho_observado_acta_id")),
        sa.ForeignKeyConstraint(["acto_id"], ["acto.id"], name=op.f("fk_hecho_observado_acto_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hecho_observado")),
        sa.UniqueConstraint("acto_id", "numero", name=op.f("uq_hecho_observado_acto_id_numero")),
    )
    op.create_table(
        "informe_intervencion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervencion_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("desde", sa.Date(), nullable=False),
        sa.Column("hasta", sa.Date(), nullable=False),
        sa.Column("ingresos", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("retenido", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("movimientos", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("pago_id", sa.Integer(), nullable=True),
        sa.Column("presentado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("presentado_por", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "retenido <= ingresos AND retenido >= 0", name=op.f("ck_informe_intervencion_retenido")
        ),
        sa.ForeignKeyConstraint(
            ["intervencion_id"], ["intervencion.id"], name=op.f("fk_informe_intervencion_intervencion_id")
        ),
        sa.ForeignKeyConstraint(["pago_id"], ["pago.id"], name=op.f("fk_informe_intervencion_pago_id")),
        sa.ForeignKeyConstraint(
            ["presentado_por"], ["usuario.id"], name=op.f("fk_informe_intervencion_presentado_por")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_informe_intervencion")),
        sa.UniqueConstraint(
            "intervencion_id", "numero", name=op.f("uq_informe_intervencion_intervencion_id_numero")
        ),
    )
    op.create_table(
        "remate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "preparado",
                "convocado",
                "publicado",
                "en_subasta",
                "con_ganador",
                "sin_pago",
                "desierto",
                "pagado",
                "entregado",
                "adjudicado",
                "retirado",
                "cancelado",
                name="estadoremate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("pae_id", sa.Integer(), nullable=False),
        sa.Column("bien_id", sa.Integer(), nullable=False),
        sa.Column("base", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("postura_legal", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("acreedores", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("convocado_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("abre_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cierra_en", sa.DateTime(timezone=True), nullable=True),
        sa.Column("producto", sa.Numeric(precision=15, scale=2), nullable=True),
        sa.Column("iniciado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concluido_en", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("postura_legal IS NULL OR postura_legal <= base", name=op.f("ck_remate_postura")),
        sa.ForeignKeyConstraint(["bien_id"], ["bien.id"], name=op.f("fk_remate_bien_id")),
        sa.ForeignKeyConstraint(["pae_id"], ["pae.id"], name=op.f("fk_remate_pae_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remate")),
        sa.UniqueConstraint("folio", name=op.f("uq_remate_folio")),
    )
    with op.batch_alter_table("remate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remate_bien_id"), ["bien_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_remate_pae_id"), ["pae_id"], unique=False)

    op.create_table(
        "postura",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio", sa.String(length=30), nullable=False),
        sa.Column("remate_id", sa.Integer(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "recibida",
                "rechazada",
                "calificada",
                "ganadora",
                "superada",
                "incumplida",
                "devuelta",
                "pagada",
                name="estadopostura",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("rfc", sa.String(length=13), nullable=False),
        sa.Column("importe", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("deposito", sa.Numeric(precision=15, scale=2), nullable=False),
        sa.Column("transferencia", sa.String(length=40), nullable=False),
        sa.Column("cifrado", sa.LargeBinary(), nullable=False),
        sa.Column("recibida_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("motivo", sa.String(length=300), nullable=False),
        sa.CheckConstraint("importe > 0 AND deposito > 0", name=op.f("ck_postura_importes")),
        sa.ForeignKeyConstraint(["remate_id"], ["remate.id"], name=op.f("fk_postura_remate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postura")),
        sa.UniqueConstraint("folio", name=op.f("uq_postura_folio")),
        sa.UniqueConstraint("remate_id", "transferencia", name=op.f("uq_postura_remate_id_transferencia")),
    )
    with op.batch_alter_table("postura", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postura_remate_id"), ["remate_id"], unique=False)

    op.create_table(
        "trabajador_determinado",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("acto_id", sa.Integer(), nullable=False),
        sa.Column("nss", sa.String(length=11), nullable=False),
        sa.Column("nombre", sa.String(length=160), nullable=False),
        sa.Column("desde", sa.Date(), nullable=False),
        sa.Column("hasta", sa.Date(), nullable=False),
        sa.Column("sbc_comprobado", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column("sbc_registrado", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("cuota_diaria", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("hecho_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("desde <= hasta", name=op.f("ck_trabajador_determinado_periodo")),
        sa.CheckConstraint("sbc_comprobado > 0", name=op.f("ck_trabajador_determinado_comprobado")),
        sa.CheckConstraint(
            "sbc_registrado IS NULL OR sbc_registrado > 0", name=op.f("ck_trabajador_determinado_registrado")
        ),
        sa.ForeignKeyConstraint(["acto_id"], ["acto.id"], name=op.f("fk_trabajador_determinado_acto_id")),
        sa.ForeignKeyConstraint(
            ["hecho_id"], ["hecho_observado.id"], name=op.f("fk_trabajador_determinado_hecho_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trabajador_determinado")),
        sa.UniqueConstraint(
            "acto_id", "nss", "desde", name=op.f("uq_trabajador_determinado_acto_id_nss_desde")
        ),
    )
    with op.batch_alter_table("trabajador_determinado", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trabajador_determinado_nss"), ["nss"], unique=False)

    with op.batch_alter_table("acto", schema=None) as batch_op:
        batch_op.add_column(sa.Column("financiero", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("notificado", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("acta_final", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("resultado_desahogo", sa.String(length=30), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("causa", sa.String(length=60), server_default="", nullable=False))

    with op.batch_alter_table("patron", schema=None) as batch_op:
        batch_op.add_column(sa.Column("clase_riesgo", sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column("prima", sa.Numeric(precision=7, scale=5), nullable=True))
        batch_op.add_column(sa.Column("zona", sa.String(length=10), server_default="general", nullable=False))

    _hacer_inmutables()


def _hacer_inmutables() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for tabla in TABLAS:
            op.execute(
                f"CREATE TRIGGER {tabla}_inmutable BEFORE UPDATE OR DELETE ON {tabla} "
                "FOR EACH ROW EXECUTE FUNCTION rechazar_cambio()"
            )
        return
    for tabla in TABLAS:
        for verbo in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {tabla}_no_{verbo.lower()} BEFORE {verbo} ON {tabla} "
                f"BEGIN SELECT RAISE(ABORT, 'la tabla {tabla} es de solo agregar'); END"
            )


def downgrade() -> None:

    with op.batch_alter_table("patron", schema=None) as batch_op:
        batch_op.drop_column("zona")
        batch_op.drop_column("prima")
        batch_op.drop_column("clase_riesgo")

    with op.batch_alter_table("acto", schema=None) as batch_op:
        batch_op.drop_column("causa")
        batch_op.drop_column("resultado_desahogo")
        batch_op.drop_column("acta_final")
        batch_op.drop_column("notificado")
        batch_op.drop_column("financiero")

    with op.batch_alter_table("trabajador_determinado", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trabajador_determinado_nss"))

    op.drop_table("trabajador_determinado")
    with op.batch_alter_table("postura", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postura_remate_id"))

    op.drop_table("postura")
    with op.batch_alter_table("remate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remate_pae_id"))
        batch_op.drop_index(batch_op.f("ix_remate_bien_id"))

    op.drop_table("remate")
    op.drop_table("informe_intervencion")
    op.drop_table("hecho_observado")
    with op.batch_alter_table("credito_en_pae", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credito_en_pae_credito_id"))

    op.drop_table("credito_en_pae")
    op.drop_table("cedula")
    with op.batch_alter_table("avaluo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_avaluo_bien_id"))

    op.drop_table("avaluo")
    with op.batch_alter_table("asiento_credito", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asiento_credito_pago_id"))
        batch_op.drop_index("ix_asiento_credito_fecha")

    op.drop_table("asiento_credito")
    op.drop_table("requerimiento")
    op.drop_table("orden")
    with op.batch_alter_table("intervencion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_intervencion_pae_id"))

    op.drop_table("intervencion")
    with op.batch_alter_table("inmovilizacion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inmovilizacion_pae_id"))

    op.drop_table("inmovilizacion")
    op.drop_table("diligencia_notificacion")
    with op.batch_alter_table("credito", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credito_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_credito_patron_id"))
        batch_op.drop_index(batch_op.f("ix_credito_pae_id"))
        batch_op.drop_index(batch_op.f("ix_credito_expediente_id"))
        batch_op.drop_index(batch_op.f("ix_credito_acto_id"))

    op.drop_table("credito")
    op.drop_table("bien")
    op.drop_table("acta")
    with op.batch_alter_table("promocion_patron", schema=None) as batch_op:
        batch_op.drop_index("ix_promocion_patron_sujeto")
        batch_op.drop_index(batch_op.f("ix_promocion_patron_expediente_id"))

    op.drop_table("promocion_patron")
    with op.batch_alter_table("pago", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pago_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_pago_patron_id"))

    op.drop_table("pago")
    with op.batch_alter_table("notificacion", schema=None) as batch_op:
        batch_op.drop_index("ix_notificacion_sujeto")
        batch_op.drop_index(batch_op.f("ix_notificacion_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_notificacion_expediente_id"))
        batch_op.drop_index(batch_op.f("ix_notificacion_documento_id"))

    op.drop_table("notificacion")
    op.drop_table("diligencia_pae")
    with op.batch_alter_table("depositaria", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_depositaria_pae_id"))

    op.drop_table("depositaria")
    with op.batch_alter_table("pae", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pae_abierto",
            sqlite_where=sa.text("concluido_en IS NULL"),
            postgresql_where=sa.text("concluido_en IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_pae_subdelegacion_id"))
        batch_op.drop_index(batch_op.f("ix_pae_patron_id"))
        batch_op.drop_index(batch_op.f("ix_pae_expediente_id"))

    op.drop_table("pae")

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
