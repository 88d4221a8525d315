"""Automations from deployments/automations.yml: read, given an address to send word to, made or brought up to date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from prefect.blocks.notifications import SlackWebhook
from prefect.client.orchestration import SyncPrefectClient
from prefect.events.schemas.automations import AutomationCore
from pydantic import SecretStr, ValidationError

from pipelines.errors import ConfigError

BLOCK = "communiques-notify"
KEYS = {"description", "trigger", "actions", "notify"}


def declare_automations(client: SyncPrefectClient, file: Path, notify: str) -> list[str]:
    """Make what the file declares, or bring it up to date; gives the names. Word is sent only with an address."""
    made = []
    block = _keep_address(notify) if notify else None
    for automation in read_automations(file, block):
        found = client.read_automations_by_name(automation.name)
        if found:
            client.update_automation(found[0].id, automation)
        else:
            client.create_automation(automation)
        made.append(automation.name)
    return made


def _keep_address(notify: str) -> UUID:
    """Keep the address as an encrypted block of Prefect's.

    Slack's block hands any address that is not Slack's to Apprise, which knows mail, webhooks and a hundred services;
    Prefect has no plainer block that does.
    """
    block = SlackWebhook(url=SecretStr(notify))
    return UUID(str(block.save(BLOCK, overwrite=True)))


def read_automations(file: Path, block: UUID | None) -> list[AutomationCore]:
    """The automations of a file; ConfigError names file and key. Without a block those that send word are left out."""
    declared = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        _build_automation(file, name, fields, block)
        for name, fields in declared.items()
        if block or "notify" not in fields
    ]


def _build_automation(file: Path, name: str, fields: Mapping[str, Any], block: UUID | None) -> AutomationCore:
    if unknown := fields.keys() - KEYS:
        raise ConfigError(
            f"{file}: {name}: unknown key {', '.join(sorted(unknown))}; there are {', '.join(sorted(KEYS))}"
        )
    actions = list(fields.get("actions", ()))
    if "notify" in fields:
        actions.append({"type": "send-notification", "block_document_id": str(block), **fields["notify"]})
    told = {"name": name, "description": fields.get("description", ""), "trigger": fields.get("trigger")}
    try:
        return AutomationCore.model_validate({**told, "actions": actions})
    except ValidationError as error:
        raise ConfigError(f"{file}: {name}: {error}") from error
