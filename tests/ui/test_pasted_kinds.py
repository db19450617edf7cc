"""A pasted table of costs may give each provider's kind and reserves too, which the page shows elsewhere."""

from tests.ui.pasted import DOCUMENT, NAMES, costs, read
from ui import comings

ONE, OTHER = NAMES[:2]


def provider(document: dict[str, object], name: str) -> dict[str, object]:
    lines = document["providers"]
    assert isinstance(lines, list)
    return next(line for line in lines if line["name"] == name)


def test_kind_and_reserves_come_with_the_cost_of_a_new_provider() -> None:
    found = read("Provider\tType\tBudget\tGeneral reserves\nOurs\tCIC\t£400,000\t£90,000\nSt Anne's\tTrust\t2m\t\n")
    assert found.unread == []
    ours, trust = (provider(found.document, name) for name in ("Ours", "St Anne's"))
    assert (ours["kind"], ours["reserves"], trust["kind"]) == ("company", 90_000, "NHS trust")
    assert found.changes[0].startswith(
        "New line 5: Ours, Kind company, Baseline cost (£) 400,000, Free reserves (£) 90,000"
    )


def test_what_new_providers_came_with_is_not_said_to_be_lacking() -> None:
    after = read("Provider\tType\tBudget\nOurs\tcharity\t£400,000\n").document
    assert "its kind (charity until then), free reserves and income" in comings.lacking(DOCUMENT, after)
    assert "lack: " in (said := comings.lacking(DOCUMENT, after, ["name", "kind", "baseline_cost"]))
    assert "its free reserves and income (Partners and reserves)" in said
    assert "kind (" not in said


def test_what_only_some_came_with_is_lacking_for_the_others_alone() -> None:
    after = read("Provider\tBudget\tReserves\nOurs\t£400,000\t£90,000\nTheirs\t1m\t\nSt Anne's\t2m\t\n").document
    said = comings.lacking(DOCUMENT, after)
    assert "its kind (charity until then), free reserves (Theirs and St Anne's) and income (Partners and" in said
    after = read("Provider\tBudget\tReserves\nOurs\t£400,000\t£90,000\nTheirs\t1m\t£0\n").document
    assert "its kind (charity until then) and income (Partners and" in comings.lacking(DOCUMENT, after)


def test_a_kind_that_is_none_is_said_and_keeps_no_provider_out() -> None:
    found = read("Provider\tType\tBudget\nOurs\tAcute\t£400,000\nTheirs\tcharity\t1m\n")
    assert [costs(found.document, name)[0] for name in ("Ours", "Theirs")] == [400_000, 1_000_000]
    assert found.unread == ["Row 2, Kind: 'Acute' is not one of NHS trust, Council service, Charity, Company."]


def test_a_column_of_that_name_without_any_kind_is_no_entry_and_lines_of_one_partner_are_added_up() -> None:
    found = read(f"Provider\tType\tBudget\n{ONE}\tPay\t1m\n{ONE}\tNon-pay\t2m\n{OTHER}\tPay\t5m\n")
    assert found.unread == ["Column 2 is headed 'Type', which is no entry here."]
    assert costs(found.document, ONE)[0] == 3_000_000
