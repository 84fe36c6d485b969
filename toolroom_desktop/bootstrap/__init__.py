"""The one composition root: settings -> adapters -> services. Every part can be replaced by handing in another.

Front ends call `open_records` for the records alone, `open_model` for a model, or `build` for a whole
running station.
"""

from toolroom_desktop.bootstrap.centre import (
    complete_restored,
    open_all_stations,
    open_completing,
    open_fetcher,
    open_gathered,
    open_model_keeper,
    open_puller,
    open_retention,
    open_sync,
)
from toolroom_desktop.bootstrap.records import (
    Records,
    document_printer,
    label_printer,
    open_records,
    review_folder,
    table_files,
)
from toolroom_desktop.bootstrap.station import (
    build,
)
from toolroom_desktop.bootstrap.vision import (
    DEMO_TABLES,
    PROJECT_KEYS,
    SHIPPED_MODEL,
    demo_picture,
    open_inspecting,
    open_model,
    open_model_store,
    open_models,
    trusted_keys,
)

__all__ = [
    "DEMO_TABLES",
    "PROJECT_KEYS",
    "SHIPPED_MODEL",
    "Records",
    "build",
    "complete_restored",
    "demo_picture",
    "document_printer",
    "label_printer",
    "open_all_stations",
    "open_completing",
    "open_fetcher",
    "open_gathered",
    "open_inspecting",
    "open_model",
    "open_model_keeper",
    "open_model_store",
    "open_models",
    "open_puller",
    "open_records",
    "open_retention",
    "open_sync",
    "review_folder",
    "table_files",
    "trusted_keys",
]
