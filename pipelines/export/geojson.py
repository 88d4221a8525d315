"""Events as GeoJSON (RFC 7946): one feature an event, without a geometry where there is no point."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def write_geojson(path: Path, rows: Iterable[Row]) -> int:
    """Write a feature collection, a feature a line; the number of features is returned."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for row in rows:
            file.write(",\n" if count else "\n")
            file.write(json.dumps(build_feature(row), ensure_ascii=False))
            count += 1
        file.write("\n]}\n")
    return count


def build_feature(row: Row) -> dict[str, Any]:
    """One event as a feature."""
    latitude, longitude = row["latitude"], row["longitude"]
    point = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    properties = {name: _as_json(value) for name, value in row.items() if name not in ("latitude", "longitude")}
    return {"type": "Feature", "id": row["event_id"], "geometry": point, "properties": properties}


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value
