"""Three questions to the published events, each with a plot: a marimo notebook that also runs as a script."""

import marimo

app = marimo.App(width="medium", app_title="Three questions to communiques")


@app.cell
def _():
    import os
    from pathlib import Path

    import marimo as mo
    import matplotlib
    import pandas as pd

    if not mo.running_in_notebook():
        matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    told = mo.cli_args()
    current = Path(str(told.get("data") or os.environ.get("COMMUNIQUES_DATA") or "data/sample")) / "current"
    plots = Path(str(told.get("out") or "plots"))
    plots.mkdir(parents=True, exist_ok=True)
    return current, mo, pd, plots, plt


@app.cell
def _(mo):
    mo.md(
        """
        # Three questions to communiques

        The data are what parties to a conflict and the press *said*. Missing is "not stated", 0 is "stated to be
        none". Only events with `event_clarity` 1 are added; "neutralisés" are not added to the dead.
        """
    )
    return


@app.cell
def _(current, pd):
    events = pd.read_parquet(current / "events")
    reports = pd.read_parquet(current / "reports")
    single = events[events.event_clarity == 1]
    return events, reports, single


@app.cell
def _(mo):
    mo.md(
        """
        ## 1. Where do communiqués report deaths, and how wide are the ranges?

        A bar runs from the lowest to the highest figure, "neutralised" included; the dot is the best figure. No dot:
        of nobody is it stated that he was killed, and only "neutralised" makes the bar. Regions of which nothing was
        stated do not appear: that is silence, not zero.
        """
    )
    return


@app.cell
def _(plots, plt, single):
    regions = single.groupby(["country", "admin1"], observed=True)[["low", "best", "high"]].sum(min_count=1)
    regions = regions.dropna(how="all").astype(float)
    regions["high"] = regions.high.fillna(regions.best)
    regions = regions.sort_values("high")
    figure_where, axes_where = plt.subplots(figsize=(8, 0.3 * len(regions) + 1.2), layout="constrained")
    rows = range(len(regions))
    axes_where.hlines(rows, regions.low.fillna(0), regions.high, color="#b3411f", alpha=0.35, linewidth=6)
    axes_where.plot(regions.best, rows, "o", color="#b3411f")
    axes_where.set_yticks(rows, [f"{region} ({country})" for country, region in regions.index])
    axes_where.set_xlabel("people reported killed: lowest, best, highest")
    figure_where.savefig(plots / "where.png", dpi=90)
    best, high = int(regions.best.sum()), int(regions.high.sum())
    print(f"1. {len(regions)} regions; {best} dead as the best figure, {high} at most")
    axes_where
    return


@app.cell
def _(mo):
    mo.md(
        """
        ## 2. Whose claims are they, and how many has anybody else confirmed?

        `single_party` is the claim of one party, however many outlets print it. What no claimant is named for is the
        outlets' own account.
        """
    )
    return


@app.cell
def _(events, plots, plt):
    claims = events.assign(claimant=events.claimant.fillna("the outlets themselves"))
    claims = claims.groupby(["claimant", "verification"], observed=True).size().unstack(fill_value=0)
    claims = claims.loc[claims.sum(axis="columns").sort_values().index].tail(10)
    figure_claims, axes_claims = plt.subplots(figsize=(8, 4), layout="constrained")
    claims.plot.barh(stacked=True, ax=axes_claims, color=["#8a7f70", "#b3411f", "#3c6e71", "#d9a441"])
    axes_claims.set(xlabel="events", ylabel="")
    figure_claims.savefig(plots / "claims.png", dpi=90)
    alone = (events.verification == "single_party").mean()
    print(f"2. {alone:.0%} of {len(events)} events rest on the claim of one party")
    axes_claims
    return


@app.cell
def _(mo):
    mo.md(
        """
        ## 3. How long after an incident does the news tell of it?

        Days from the end of the event to its first report. Only events whose day is known (`date_prec` 1) can be
        counted; what was never reported has no delay at all.
        """
    )
    return


@app.cell
def _(events, pd, plots, plt, reports):
    first = pd.to_datetime(reports.groupby("event_id").published_at.min(), utc=True).rename("first_report")
    dated = events[events.date_prec == 1].join(first, on="event_id").dropna(subset="first_report")
    delay = (dated.first_report.dt.normalize() - pd.to_datetime(dated.date_end, utc=True)).dt.days
    figure_delay, axes_delay = plt.subplots(figsize=(8, 3.2), layout="constrained")
    axes_delay.hist(delay, bins=range(max(2, int(delay.max()) + 2)), color="#3c6e71", rwidth=0.9, align="left")
    axes_delay.set(xlabel="days between the event and its first report", ylabel="events")
    figure_delay.savefig(plots / "delay.png", dpi=90)
    print(f"3. half of {len(delay)} events were told within {delay.median():.0f} days, the last after {delay.max()}")
    axes_delay
    return


if __name__ == "__main__":
    app.run()
