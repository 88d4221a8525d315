"""GeoNames points beside the shipped tables: import a country dump, download one, propose names.

The curated tables win over what is imported here. GeoNames' data is licensed CC BY; the published `places` table
names it.
"""

from pipelines.catalog.suggest import suggest_names
from pipelines.gazetteer.download import download_country
from pipelines.gazetteer.dump import Imported, import_dump

__all__ = ["Imported", "download_country", "import_dump", "suggest_names"]
