"use strict";
(() => {
  const report = JSON.parse(document.getElementById("data").textContent);
  const body = d3.select("#body");
  body.select("noscript").remove();

  // ---- Numbers as people read them; the rules are those of Words.java.

  const grouped = new Intl.NumberFormat("en");
  const NONE = "–";
  const count = value => value == null ? NONE : grouped.format(value);
  const shifted = (value, places) => {
    const [digits, power = 0] = String(value).split("e");
    return Number(`${digits}e${Number(power) + places}`);
  };
  const rounded = (value, decimals) => Math.sign(value) * shifted(Math.round(shifted(Math.abs(value), decimals)), -decimals);
  function number(value, digits = 4) {
    if (value == null) return NONE;
    const size = Math.abs(value);
    if (size === 0) return "0";
    if (size >= 1e15 || size < 1e-4) return value.toExponential(digits - 1).replace(/(e[+-])(\d)$/, "$10$2");
    if (size >= 1000) return grouped.format(Math.round(value));
    return String(rounded(value, digits - 1 - Number(value.toExponential().split("e")[1])));
  }
  function percent(share) {
    if (share == null) return NONE;
    if (share > 0 && share < 0.0001) return "< 0.01\u00a0%";
    if (share > 0.999 && share < 1) return "> 99.9\u00a0%";
    const decimals = share > 0 && share < 0.001 ? 4 : 3;
    return `${shifted(rounded(share, decimals), 2)}\u00a0%`;
  }
  function score(value) {
    if (value == null) return NONE;
    if (value === 0) return "0";
    if (Math.abs(value) < 0.001) return value > 0 ? "< 0.001" : "> -0.001";
    return Math.abs(value) >= 10 ? number(value) : rounded(value, 3).toFixed(3);
  }
  const signed = (value, format) => {
    if (value == null) return NONE;
    const text = value === 0 ? "±0" : format(value);
    return value > 0 && !text.startsWith("<") ? "+" + text : text;
  };
  const unbroken = text => text.replace(/(\d) (?=%)/g, "$1\u00a0");
  const minus = (a, b) => a == null || b == null ? null : a - b;
  const points = value => value == null ? NONE : signed(Math.round(1000 * value) / 10, String) + "\u00a0pp";
  const TYPES = {NUMERICAL: "numbers", CATEGORICAL: "categories", FREE_TEXT: "free text", DATE: "dates"};
  const SIGNS = JSON.parse(document.getElementById("signs").textContent);
  const RANK = {BAD: 3, WARN: 2, UNKNOWN: 1, GOOD: 0};
  const shortened = (text, most) => text.length <= most ? text : text.slice(0, most - 1) + "…";
  const sides = {reference: "reference", current: "current"};

  // ---- Many findings would push the report itself out of sight.

  const lines = d3.selectAll(".findings tbody tr"), FIRST = 8;
  if (lines.size() > FIRST + 2) {
    const rest = lines.filter((d, i) => i >= FIRST).property("hidden", true);
    const more = d3.select(".findings").append("button").attr("type", "button").attr("class", "more")
      .text(`Show all ${count(lines.size())} findings`).on("click", () => {
        rest.property("hidden", false);
        more.remove();
      });
  }

  // ---- Pieces of a page. Text goes in as text, never as markup.

  function section(title, intro) {
    const made = body.append("section");
    made.append("h2").text(title);
    if (intro) made.append("p").attr("class", "words soft").text(intro);
    return made;
  }
  function badge(parent, verdict, words) {
    parent.append("span").attr("class", "badge " + verdict.toLowerCase())
      .text(`${SIGNS[verdict]} ${words}`);
  }
  function key(parent, entries) {
    const made = parent.append("div").attr("class", "key");
    for (const [look, words] of entries) {
      const entry = made.append("span");
      entry.append("i").attr("class", look);
      entry.append("span").text(words);
    }
  }
  const BAR_KEY = [["of-reference", "reference"], ["of-current", "current"]];
  const LINE_KEY = [["of-line-reference", "reference"], ["of-line-current", "current"]];
  function panel(parent, title, narrow) {
    const made = parent.append("div");
    if (narrow) made.attr("class", "narrow");
    made.append("h3").text(title);
    return made;
  }
  /** rows: [heading, cell, cell, ...]; groups: names of as many columns each, after the first. */
  function plainTable(parent, headings, rows, groups = []) {
    const table = parent.append("div").attr("class", "scroll").append("table");
    const size = (headings.length - 1) / (groups.length || 1);
    const starts = i => i > 1 && groups.length > 1 && (i - 1) % size === 0;
    if (groups.length > 0) {
      const above = table.append("thead").append("tr");
      above.append("td").attr("class", "group");
      groups.forEach(group => above.append("th").attr("scope", "colgroup").attr("colspan", size).attr("class", "group").text(group));
    }
    const head = (groups.length > 0 ? table.select("thead") : table.append("thead")).append("tr");
    headings.forEach((heading, i) => head.append("th").attr("scope", "col").classed("number", i > 0).classed("starts", starts(i)).text(heading));
    const lines = table.append("tbody").selectAll("tr").data(rows).join("tr");
    lines.append("th").attr("scope", "row").text(row => row[0]);
    headings.slice(1).forEach((heading, i) => lines.append("td").attr("class", "number").classed("starts", starts(i + 1)).text(row => row[i + 1]));
    return table;
  }

  /** A name of many words, whose lines break between them. */
  function broken(parent, name) {
    name.split(/(?<=[_.-])/).forEach((part, i) => {
      if (i > 0) parent.append("wbr");
      parent.append(() => document.createTextNode(part));
    });
  }

  // ---- A table that sorts, filters and opens a detail.

  let tables = 0;
  const widthOf = column => column.wide === "widest" ? "wide widest" : column.wide && "wide";
  /**
   * columns: {title, value(row) to sort by, cell(td, row), number, wide}; the first names the row;
   * wide: true is left out on a telephone, "widest" in any narrow window.
   * verdicts: {label: row => boolean} to choose from; detail(parent, row) draws what opens.
   */
  function browsable(parent, {rows, noun, columns, verdicts, order, detail}) {
    const id = "table" + ++tables;
    let sorted = order;
    const tools = parent.append("div").attr("class", "tools");
    const find = tools.append("label").text("Find ").append("input").attr("type", "search")
      .attr("placeholder", "part of a name").attr("aria-controls", id);
    const choice = tools.append("label").text("Show ").append("select").attr("aria-controls", id);
    for (const [label, test] of [["all", () => true], ...Object.entries(verdicts)]) {
      choice.append("option").attr("value", label).text(`${label} (${rows.filter(test).length})`);
    }
    const shown = tools.append("output").attr("for", id);
    const table = parent.append("div").attr("class", "scroll").append("table").attr("id", id);
    const head = table.append("thead").append("tr");
    const headings = head.selectAll("th").data(columns).join("th").attr("scope", "col")
      .attr("class", column => [column.number && "number", widthOf(column)].filter(Boolean).join(" "));
    headings.each(function (column) {
      const th = d3.select(this);
      if (!column.value) return th.text(column.title);
      th.append("button").attr("type", "button").text(column.title).on("click", () => {
        const again = sorted.column === column;
        sorted = {column, up: again ? !sorted.up : !column.number};
        draw();
      });
    });
    const list = table.append("tbody");
    const items = rows.map((row, i) => {
      const line = list.append("tr").attr("class", "row");
      columns.forEach((column, c) => {
        const td = line.append("td").attr("class", [column.number && "number", widthOf(column), c === 0 && "name"].filter(Boolean).join(" "));
        if (c > 0) return column.cell(td, row);
        td.append("button").attr("type", "button").attr("aria-expanded", "false")
          .attr("aria-controls", `${id}-${i}`).append("span").call(broken, column.value(row));
      });
      const item = {row, line, button: line.select("button"), opened: null, place: i};
      line.on("click", () => toggle(item));
      item.button.on("keydown", event => key(event, item));
      return item;
    });
    function toggle(item, open = !item.opened) {
      if (open === Boolean(item.opened)) return;
      item.button.attr("aria-expanded", String(open));
      if (open) {
        item.opened = list.insert("tr", () => item.line.node().nextSibling)
          .attr("class", "detail").attr("id", `${id}-${item.place}`);
        detail(item.opened.append("td").attr("colspan", columns.length), item.row);
      } else {
        item.opened.remove();
        item.opened = null;
      }
    }
    function key(event, item) {
      const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
      if (event.key === "Escape") return toggle(item, false);
      if (!step) return;
      const visible = items.filter(each => !each.line.property("hidden"));
      const next = visible[visible.indexOf(item) + step];
      if (next) {
        event.preventDefault();
        next.button.node().focus();
      }
    }
    function draw() {
      const words = find.property("value").trim().toLowerCase();
      const test = verdicts[choice.property("value")] || (() => true);
      let visible = 0;
      for (const item of items) {
        const hide = !columns[0].value(item.row).toLowerCase().includes(words) || !test(item.row);
        item.line.property("hidden", hide);
        if (item.opened) item.opened.property("hidden", hide);
        visible += hide ? 0 : 1;
      }
      shown.text(visible === items.length ? `${count(visible)} ${noun}` : `${count(visible)} of ${count(items.length)} ${noun}`);
      const {column, up} = sorted;
      headings.attr("aria-sort", c => c === column ? (up ? "ascending" : "descending") : null);
      const compare = (a, b) => typeof a === "string" ? a.localeCompare(b, "en", {numeric: true}) : a - b;
      items.sort((a, b) => {
        const one = column.value(a.row), other = column.value(b.row);
        if (one == null || other == null) return (one == null) - (other == null) || a.place - b.place;
        return (up ? 1 : -1) * compare(one, other) || a.place - b.place;
      });
      for (const item of items) {
        list.append(() => item.line.node());
        if (item.opened) list.append(() => item.opened.node());
      }
    }
    find.on("input", draw);
    choice.on("change", draw);
    draw();
  }

  // ---- Charts. As wide as a panel mostly is, so that their words are as large as written.

  const WIDE = 400, HIGH = 210;
  function chart(parent, width, height, label, small) {
    return parent.append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", width)
      .attr("height", height).attr("role", "img").attr("aria-label", label).classed("small", small);
  }
  const shares = counts => {
    const sum = counts == null ? 0 : d3.sum(counts);
    return sum === 0 ? null : Array.from(counts, value => value / sum);
  };
  const tickNumber = value => Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3)
    ? d3.format(".3~s")(value).replace("−", "-") : grouped.format(value);
  function axes(svg, x, y, {height, left, bottom, right, xTicks = 5, xValues = null, xFormat = tickNumber, yFormat = percent, yTicks = 4}) {
    svg.append("g").selectAll("line").data(y.ticks(yTicks)).join("line").attr("class", "grid")
      .attr("x1", left).attr("x2", right).attr("y1", y).attr("y2", y);
    svg.append("g").attr("class", "axis").attr("transform", `translate(0,${height - bottom})`)
      .call(d3.axisBottom(x).ticks(xTicks).tickValues(xValues).tickFormat(xFormat).tickSizeOuter(0)).attr("font-size", null).attr("font-family", null);
    svg.append("g").attr("class", "axis").attr("transform", `translate(${left},0)`)
      .call(d3.axisLeft(y).ticks(yTicks).tickFormat(yFormat).tickSize(0)).attr("font-size", null).attr("font-family", null)
      .select(".domain").remove();
  }

  const OTHERS = bars => `${count(bars.others)} others`;
  const names = bars => bars.others > 0 ? [...bars.labels, OTHERS(bars)] : bars.labels;

  /** Both sides in a line of a table. */
  function smallBars(parent, bars, name) {
    if (!bars) return parent.append("span").attr("class", "soft").text(NONE);
    const width = 132, height = 34;
    const svg = chart(parent, width, height, `Distribution of ${name}`, true);
    // What is not named would hide what is.
    const shown = values => values && values.slice(0, bars.edges ? values.length : bars.labels.length);
    const reference = shown(shares(bars.reference)), current = shown(shares(bars.current));
    const y = d3.scaleLinear([0, d3.max([...(reference || []), ...(current || [])]) || 1], [height - 1, 2]);
    if (bars.edges) histogram(svg, reference, current, d3.scaleLinear([0, bars.edges.length - 1], [0, width]), y);
    else pairs(svg, reference, current, bars.labels.length, width, y, height - 1);
    svg.append("line").attr("class", "cell-frame").attr("x2", width).attr("y1", height - .5).attr("y2", height - .5);
  }
  function histogram(svg, reference, current, x, y) {
    const bottom = y(0);
    if (reference) {
      svg.append("g").selectAll("rect").data(reference).join("rect").attr("class", "reference-bar")
        .attr("x", (d, i) => x(i) + .5).attr("width", (d, i) => Math.max(.5, x(i + 1) - x(i) - 1))
        .attr("y", y).attr("height", d => bottom - y(d));
    }
    if (current) {
      const outline = current.flatMap((d, i) => [[x(i), y(d)], [x(i + 1), y(d)]]);
      svg.append("path").attr("class", "current-step")
        .attr("d", d3.line()([[x(0), bottom], ...outline, [x(current.length), bottom]]));
    }
  }
  function pairs(svg, reference, current, size, width, y, bottom) {
    const band = d3.scaleBand(d3.range(size), [0, width]).padding(.2);
    const half = band.bandwidth() / 2;
    [[reference, "reference-bar", 0], [current, "current-bar", half]].forEach(([values, look, shift]) => {
      if (!values) return;
      svg.append("g").selectAll("rect").data(values).join("rect").attr("class", look)
        .attr("x", (d, i) => band(i) + shift).attr("width", Math.max(.5, half - .5))
        .attr("y", y).attr("height", d => bottom - y(d));
    });
  }

  function distribution(parent, bars, name) {
    const reference = shares(bars.reference), current = shares(bars.current);
    key(parent, BAR_KEY.filter((entry, i) => [reference, current][i]));
    if (!bars.edges) return categories(parent, bars, reference, current, name);
    const top = d3.max([...(reference || []), ...(current || [])]) || 1;
    const width = WIDE, height = HIGH, left = 52, right = width - 8, bottom = 26;
    const svg = chart(parent, width, height, `Distribution of ${name}, share of rows by value`);
    const {edges} = bars, last = edges.length - 1;
    const x = d3.scaleLinear([edges[0], edges[last]], [left, right]);
    const y = d3.scaleLinear([0, top], [height - bottom, 8]).nice(4);
    axes(svg, x, y, {height, left, bottom, right});
    histogram(svg, reference, current, d3.scaleLinear([0, last], [left, right]), y);
    svg.append("g").selectAll("rect").data(d3.range(last)).join("rect").attr("fill", "transparent")
      .attr("x", i => x(edges[i])).attr("width", i => x(edges[i + 1]) - x(edges[i]))
      .attr("y", 8).attr("height", height - bottom - 8)
      .append("title").text(i => `${number(edges[i])} to ${number(edges[i + 1])}` + both(reference, current, bars, i));
  }
  const both = (reference, current, bars, i) =>
    (reference ? `\nreference ${percent(reference[i])} (${count(bars.reference[i])} rows)` : "") +
    (current ? `\ncurrent ${percent(current[i])} (${count(bars.current[i])} rows)` : "");
  function categories(parent, bars, reference, current, name) {
    const labels = bars.labels, row = 32, width = WIDE, left = 130, right = width - 58;
    const height = labels.length * row + (bars.others > 0 ? 26 : 6);
    const svg = chart(parent, width, height, `Distribution of ${name}, share of rows by category`);
    const x = d3.scaleLinear([0, d3.max([reference, current].flatMap(side => side ? side.slice(0, labels.length) : [])) || 1], [left, right]);
    labels.forEach((label, i) => {
      const y = i * row + 4;
      const text = svg.append("text").attr("x", left - 8).attr("y", y + 16).attr("text-anchor", "end").text(shortened(label, 19));
      text.append("title").text(label);
      [[reference, "reference-bar", y], [current, "current-bar", y + 12]].forEach(([values, look, at]) => {
        if (!values) return;
        svg.append("rect").attr("class", look).attr("x", left).attr("y", at).attr("height", 11)
          .attr("width", Math.max(values[i] > 0 ? 1 : 0, x(values[i]) - left))
          .append("title").text(label + both(reference, current, bars, i));
        svg.append("text").attr("x", x(values[i]) + 5).attr("y", at + 10).attr("font-size", 11).text(percent(values[i]));
      });
    });
    // As a bar they would leave no room for those that are named.
    if (bars.others > 0) svg.append("text").attr("x", 0).attr("y", height - 6)
      .text([OTHERS(bars), reference && `reference ${percent(reference[labels.length])}`, current && `current ${percent(current[labels.length])}`].filter(Boolean).join(", "));
  }

  const UTC = {day: d3.utcFormat("%-d %b"), year: d3.utcFormat("%Y"), date: d3.utcFormat("%-d %b %Y"), minute: d3.utcFormat("%H:%M"), second: d3.utcFormat("%H:%M:%S")};
  function overTime(parent, axis, series, name) {
    const width = WIDE, height = HIGH + 14, left = 58, right = width - 34, bottom = 40;
    const svg = chart(parent, width, height, `${series.label} of ${name} over time, with the reference`);
    const time = axis.unit === "time";
    const middle = i => (axis.edges[i] + axis.edges[i + 1]) / 2;
    const dots = series.values.map((value, i) => ({value, at: middle(i), rows: axis.rows[i], i}));
    const known = dots.filter(dot => dot.value != null).map(dot => dot.value);
    const share = series.label !== "mean" || series.low == null;
    const extent = d3.extent([...known, series.reference, ...(series.low == null ? [] : [series.low, series.high])]);
    if (extent[0] === extent[1]) extent[share ? 1 : 0] += share ? .1 : -1;
    const x = (time ? d3.scaleUtc : d3.scaleLinear)([axis.edges[0], axis.edges[axis.edges.length - 1]], [left, right]);
    const y = d3.scaleLinear(share ? [0, extent[1]] : extent, [height - bottom, 8]).nice(4);
    // Ends of spans; below them the day, or the year, where it changes.
    const step = axis.edges[1] - axis.edges[0], every = Math.ceil(axis.edges.length / 5);
    const ticks = axis.edges.filter((edge, i) => i % every === 0);
    const clock = step < 60e3 ? UTC.second : UTC.minute;
    const [fine, coarse] = step < 864e5 ? [clock, UTC.date] : [UTC.day, UTC.year];
    axes(svg, x, y, {height, left, bottom, right, xValues: ticks, xFormat: time ? fine : tickNumber, yFormat: share ? percent : tickNumber});
    svg.append("g").selectAll("text").data(ticks.filter((tick, i) => time && (i === 0 || coarse(tick) !== coarse(ticks[i - 1])))).join("text")
      .attr("x", x).attr("y", height - 5).attr("text-anchor", "middle").text(coarse);
    if (series.low != null) {
      svg.append("rect").attr("class", "band").attr("x", left).attr("width", right - left)
        .attr("y", y(series.high)).attr("height", y(series.low) - y(series.high));
    }
    svg.append("line").attr("class", "line mean").attr("x1", left).attr("x2", right)
      .attr("y1", y(series.reference)).attr("y2", y(series.reference));
    svg.append("path").attr("class", "line of-current")
      .attr("d", d3.line(dot => x(dot.at), dot => y(dot.value)).defined(dot => dot.value != null)(dots));
    const words = time ? edge => `${UTC.date(edge)} ${clock(edge)}` : count;
    svg.append("g").selectAll("circle").data(dots.filter(dot => dot.value != null)).join("circle").attr("class", "dot")
      .attr("r", 3).attr("cx", dot => x(dot.at)).attr("cy", dot => y(dot.value))
      .append("title").text(dot => `${words(axis.edges[dot.i])} to ${words(axis.edges[dot.i + 1])}\n` +
        `${share ? percent(dot.value) : number(dot.value)}, ${count(dot.rows)} rows`);
  }

  /** lines: [{look, points: [[x, y], ...]}] between 0 and 1. */
  function unitChart(parent, label, xTitle, yTitle, lines, chance) {
    const width = 420, height = 360, left = 56, right = width - 22, bottom = 44;
    const svg = chart(parent, width, height, label);
    const x = d3.scaleLinear([0, 1], [left, right]), y = d3.scaleLinear([0, 1], [height - bottom, 8]);
    axes(svg, x, y, {height, left, bottom, right, xFormat: percent});
    if (chance) {
      svg.append("line").attr("class", "chance").attr("x1", x(0)).attr("x2", x(1)).attr("y1", y(0)).attr("y2", y(1));
    }
    for (const {look, points} of lines) {
      svg.append("path").attr("class", "line " + look).attr("d", d3.line(d => x(d[0]), d => y(d[1]))(points));
    }
    svg.append("text").attr("x", (left + right) / 2).attr("y", height - 6).attr("text-anchor", "middle").text(xTitle);
    svg.append("text").attr("transform", `translate(13,${(height - bottom) / 2}) rotate(-90)`).attr("text-anchor", "middle").text(yTitle);
  }

  /** Lower triangles as coloured squares: how strong by how colourful, the sign by the colour. */
  function heatMap(parent, columns, triangle, title) {
    const made = panel(parent, title);
    const size = columns.length, cell = size <= 12 ? 46 : size <= 30 ? 22 : 9, written = size <= 12, named = size <= 30;
    const left = named ? 130 : 6, width = left + cell * (size - 1) + (named ? 30 : 6), height = cell * (size - 1) + (named ? 100 : 6);
    const svg = chart(made, width, height, `Correlations, ${title}`);
    triangle.forEach((row, i) => {
      if (i === 0) return;
      const y = (i - 1) * cell;
      if (named) svg.append("text").attr("x", left - 8).attr("y", y + cell / 2 + 4).attr("text-anchor", "end").text(shortened(columns[i], 18)).append("title").text(columns[i]);
      row.forEach((value, j) => {
        const x = left + j * cell;
        const square = svg.append("g");
        square.append("rect").attr("class", value < 0 ? "cell opposed" : "cell together").attr("x", x).attr("y", y)
          .attr("width", cell - 1).attr("height", cell - 1).attr("fill-opacity", value == null ? 0 : 1)
          .style("--strength", `${100 * Math.abs(value)}%`);
        square.append("title").text(`${columns[i]} and ${columns[j]}: ${value == null ? "not defined" : value.toFixed(3)}`);
        if (written) square.append("text").attr("class", "in-cell").attr("x", x + cell / 2 - .5).attr("y", y + cell / 2 + 4)
          .text(value == null ? NONE : value.toFixed(2));
      });
    });
    if (named) columns.slice(0, -1).forEach((column, j) => svg.append("text").attr("transform",
      `translate(${left + j * cell + cell / 2 + 4},${cell * (size - 1) + 8}) rotate(-40)`).attr("text-anchor", "end")
      .text(shortened(column, 16)).append("title").text(column));
  }

  // ---- Data drift.

  function drift() {
    if (report.columns.length === 0) return;
    const made = section("Columns", "Farthest from the reference first. A line opens the column.");
    key(made, BAR_KEY);
    const word = row => row.drifted ? "drifted" : row.judged ? "no drift"
      : {TOO_FEW_ROWS: "too few rows", EMPTY: "empty", ONLY_IN_REFERENCE: "not in current", ONLY_IN_CURRENT: "not in reference",
        IN_NEITHER: "in neither", TYPE_CHANGED: "type changed", TYPE_NOT_COMPARED: "not compared", NOT_IN_SCHEMA: "not in schema"}[row.judgement];
    const strength = {title: "Score", number: true, value: row => row.strength, cell: (td, row) => td.text((row.pValue && row.score != null ? "p " : "") + score(row.score))};
    const verdict = {title: "Drift", value: row => row.method == null ? null : 1000 * RANK[row.verdict] + row.strength, cell: (td, row) => badge(td, row.verdict, word(row))};
    browsable(made, {
      rows: report.columns, noun: "columns", order: {column: verdict, up: false}, detail: driftDetail,
      verdicts: {drifted: row => row.drifted, "not drifted": row => row.judged && !row.drifted, "not judged": row => !row.judged},
      columns: [
        {title: "Column", value: row => row.column},
        {title: "Type", wide: "widest", value: row => TYPES[row.type] || NONE, cell: (td, row) => td.text(TYPES[row.type] || NONE)},
        {title: "Distribution", wide: true, cell: (td, row) => smallBars(td, row.distribution, row.column)},
        verdict, strength,
        {title: "Limit", number: true, wide: true, value: row => row.threshold, cell: (td, row) => td.text(row.threshold == null ? NONE : (row.pValue ? "p " : "") + number(row.threshold))},
        {title: "Method", wide: true, value: row => row.method || NONE, cell: (td, row) => td.text(row.method || NONE)},
        {title: "Current rows", number: true, wide: "widest", value: row => row.current.rows, cell: (td, row) => td.text(count(row.current.rows))},
      ],
    });
  }
  function driftDetail(parent, row) {
    const sentences = [];
    if (row.method) {
      sentences.push(`${row.method}: ${row.pValue ? "p " : ""}${score(row.score)}; drift ${row.pValue ? "up to" : "from"} ${number(row.threshold)}${row.pValue ? "" : " on"}.`);
    }
    if (row.reason) sentences.push(row.reason + ".");
    const unseen = row.score === 0 && row.pValue ? row.overTime.filter(series => series.low == null && series.reference === 0) : [];
    if (unseen.length > 0) sentences.push(`A value that the reference does not have makes p 0, here ${unseen.map(series => `“${series.label}”`).join(", ")}.`);
    parent.append("p").attr("class", "words").text(sentences.join(" "));
    const panels = parent.append("div").attr("class", "panels");
    if (row.distribution) distribution(panel(panels, "Share of rows by value"), row.distribution, row.column);
    // Of two categories one is what the other is not; one moment is no time.
    const most = report.timeAxis.rows.length === 1 ? 0 : row.distribution?.labels?.length === 2 ? 1 : row.overTime.length;
    for (const series of row.overTime.slice(0, most)) {
      const numeric = series.low != null;
      const made = panel(panels, (numeric ? "Mean over " : `Share of “${series.label}” over `) + (report.timeAxis.unit === "time" ? "time (UTC)" : "the rows in their order"));
      key(made, [["of-line-current", "current"], ["of-line-reference", numeric ? "mean of the reference" : "share in the reference"],
        ...(numeric ? [["of-band", "one standard deviation"]] : [])]);
      overTime(made, report.timeAxis, series, row.column);
    }
    plainTable(panel(panels, "Numbers", true), ["", sides.reference, sides.current, "change"], [
      ["Rows with a value", count(row.reference.rows), count(row.current.rows), ""],
      ...(row.reference.mean == null && row.current.mean == null ? [] : [
        ["Mean", number(row.reference.mean), number(row.current.mean), signed(minus(row.current.mean, row.reference.mean), number)],
        ["Standard deviation", number(row.reference.standardDeviation), number(row.current.standardDeviation),
          signed(minus(row.current.standardDeviation, row.reference.standardDeviation), number)]]),
    ]);
  }

  // ---- Data quality.

  function quality() {
    const {reference, current} = report;
    const side = (name, value, format) => [name, format(value(reference)), current ? format(value(current)) : NONE];
    const named = list => list.length === 0 ? "none" : list.map(each => shortened(Array.isArray(each) ? each.join(" = ") : each, 60)).slice(0, 5).join(", ") + (list.length > 5 ? ` and ${list.length - 5} more` : "");
    const all = section("Columns", "Those that break the contract first. A line opens the column.");
    key(all, BAR_KEY.slice(0, current ? 2 : 1));
    const verdict = {title: "Contract", value: row => RANK[row.verdict], cell: (td, row) => badge(td, row.verdict, {GOOD: "kept", WARN: "warning", BAD: "broken", UNKNOWN: "not checked"}[row.verdict])};
    const pair = (title, value, format, wide = true) => ({title, number: true, wide, value: row => value(row.current || row.reference || {}),
      cell: (td, row) => {
        if (current) {
          td.append("span").text(row.current ? format(value(row.current)) : NONE);
          td.append("br");
        }
        td.append("span").attr("class", "soft").text(row.reference ? format(value(row.reference)) : NONE);
      }});
    if (current) all.append("p").attr("class", "words soft").text("Numbers: current rows above, reference below.");
    browsable(all, {
      rows: report.columns, noun: "columns", order: {column: verdict, up: false}, detail: qualityDetail,
      verdicts: {broken: row => row.verdict === "BAD", warning: row => row.verdict === "WARN", kept: row => row.verdict === "GOOD"},
      columns: [
        {title: "Column", value: row => row.column},
        {title: "Type", wide: "widest", value: row => TYPES[row.type], cell: (td, row) => td.text(TYPES[row.type])},
        {title: "Distribution", wide: true, cell: (td, row) => smallBars(td, row.distribution, row.column)},
        verdict,
        pair("Missing", s => s.missingShare, percent, false),
        pair("Unique", s => s.unique, count, "widest"),
        pair("Mean", s => s.mean, number),
        pair("Std. dev.", s => s.standardDeviation, number, "widest"),
        pair("Minimum", s => s.minimum, number),
        pair("Maximum", s => s.maximum, number),
        {title: "Most common", wide: "widest", cell: (td, row) => {
          for (const s of current ? [row.current, row.reference] : [row.reference]) {
            td.append("span").attr("class", s === row.current ? "nowrap" : "nowrap soft")
              .text(mostCommon(row, s, 16) === NONE ? NONE : `${mostCommon(row, s, 16)} (${percent(s.mostCommonShare)})`);
            if (s === row.current) td.append("br");
          }
        }},
      ],
    });
    const whole = section("The data as a whole");
    const byType = type => report.columns.filter(column => column.type === type).length;
    const table = plainTable(whole, ["", sides.reference, sides.current], [
      side("Rows", s => s.rows, count),
      side("Columns", s => s.columns, count),
      side("Missing cells", s => s.missingCells, count),
      side("Share of all cells", s => s.missingShare, percent),
      side("Rows with a missing value", s => s.rowsWithMissing, count),
      side("Rows that lack 1, 2, 3, more values", s => s.rowsByMissing, list => list.slice(1).map(count).join(" · ")),
      side("Duplicated rows", s => s.duplicatedRows, count),
      side("Columns with the same values", s => s.duplicatedColumns, named),
      side("Constant columns", s => s.constantColumns, named),
      side("Almost constant columns (95 %)", s => s.almostConstantColumns, named),
    ]);
    table.style("max-width", "900px");
    const beyond = [["Only in the reference", report.onlyInReference], ["Only in the current rows", report.onlyInCurrent]].filter(each => each[1].length > 0);
    whole.append("p").attr("class", "words soft").style("margin-top", "8px").text(
      ["NUMERICAL", "CATEGORICAL", "FREE_TEXT", "DATE"].filter(byType).map(type => `${byType(type)} of ${TYPES[type]}`).join(", ").replace(/^(\d+)/, (all, n) => n === "1" ? "1 column" : `${n} columns`) +
      " by the schema. " + beyond.map(each => `${each[0]}: ${named(each[1])}.`).join(" "));
    if (report.correlations.length === 0) return;
    const made = section("Correlations", "How columns go together, from -1 to 1; the stronger, the more colour.");
    const tools = made.append("div").attr("class", "tools");
    const choice = tools.append("label").text("Method ").append("select");
    report.correlations.forEach((each, i) => choice.append("option").attr("value", i).text(`${each.method} (${each.columns.length} columns)`));
    key(made, [["of-opposed", "against each other"], ["of-unrelated", "unrelated"], ["of-together", "together"]]);
    const maps = made.append("div").attr("class", "panels");
    const draw = () => {
      maps.selectAll("*").remove();
      const {method, columns, reference: before, current: now} = report.correlations[choice.property("value")];
      heatMap(maps, columns, before, `${method}, reference`);
      if (now) heatMap(maps, columns, now, `${method}, current`);
    };
    choice.on("change", draw);
    draw();
  }
  /** Where all values are different, none is common. */
  function mostCommon(row, side, most) {
    if (!side || side.mostCommon == null || (side.unique === side.count && side.count > 1)) return NONE;
    return row.type === "NUMERICAL" ? number(Number(side.mostCommon)) : shortened(side.mostCommon, most);
  }
  function qualityDetail(parent, row) {
    const {reference, current} = row;
    if (row.checks.length > 0) {
      const list = parent.append("ul").attr("class", "words").attr("aria-label", "Contract");
      for (const check of [...row.checks].sort((a, b) => RANK[b.verdict] - RANK[a.verdict])) {
        const item = list.append("li");
        badge(item, check.verdict, {GOOD: "kept", WARN: "warning", BAD: "broken", UNKNOWN: "not checked"}[check.verdict]);
        item.append("span").text(": " + unbroken(check.words));
      }
    }
    for (const [beyond, words] of [[row.newCategories, "New"], [row.vanishedCategories, "Vanished"]]) {
      if (beyond && beyond.count > 0) {
        parent.append("p").attr("class", "words").text(`${words}: ${beyond.names.map(name => `“${name}”`).join(", ")}` +
          `${beyond.count > beyond.names.length ? ` and ${count(beyond.count - beyond.names.length)} more` : ""} (${count(beyond.rows)} rows).`);
      }
    }
    const panels = parent.append("div").attr("class", "panels");
    if (row.distribution) distribution(panel(panels, "Share of rows by value"), row.distribution, row.column);
    if (row.againstTarget && row.distribution) againstTarget(panels, row);
    const line = (name, value, format) => {
      const one = reference && value(reference), other = current && value(current);
      return one == null && other == null ? null : [name, format(one), format(other)];
    };
    plainTable(panel(panels, "Numbers", true), ["", sides.reference, sides.current], [
      line("Rows with a value", s => s.count, count), line("Missing", s => s.missing, count),
      line("Share missing", s => s.missingShare, percent), line("Of them infinite", s => s.infinite || null, count),
      line("Unique values", s => s.unique, count),
      ["Most common", mostCommon(row, reference, 24), mostCommon(row, current, 24)], ["Its share", ...[reference, current].map(s => mostCommon(row, s, 24) === NONE ? NONE : percent(s.mostCommonShare))],
      line("Mean", s => s.mean, number), line("Standard deviation", s => s.standardDeviation, number),
      line("Minimum", s => s.minimum, number), line("First quartile", s => s.quartile1, number),
      line("Median", s => s.median, number), line("Third quartile", s => s.quartile3, number), line("Maximum", s => s.maximum, number),
    ].filter(Boolean));
  }
  function againstTarget(panels, row) {
    const {classes, reference, current} = row.againstTarget;
    const {edges} = row.distribution;
    const share = (counts, k) => counts && counts[k].map((value, bar) => {
      const sum = d3.sum(counts, ofClass => ofClass[bar]);
      return sum === 0 ? null : value / sum;
    });
    const wanted = classes.length === 2 ? [1] : d3.range(classes.length);
    for (const k of wanted) {
      const made = panel(panels, `Share of target “${shortened(classes[k], 30)}” by value`);
      key(made, LINE_KEY.filter((entry, i) => [reference, current][i]));
      const width = WIDE, height = HIGH, left = 52, right = width - 8, bottom = 26;
      const svg = chart(made, width, height, `Share of ${classes[k]} by ${row.column}`);
      const labels = edges ? null : names(row.distribution);
      const size = edges ? edges.length - 1 : labels.length;
      const x = edges ? d3.scaleLinear([edges[0], edges[size]], [left, right]) : d3.scaleLinear([0, size], [left, right]);
      const middle = i => edges ? x((edges[i] + edges[i + 1]) / 2) : x(i + .5);
      const y = d3.scaleLinear([0, 1], [height - bottom, 8]);
      axes(svg, x, y, {height, left, bottom, right, ...(edges ? {} : {xTicks: 0, xFormat: () => ""})});
      if (labels) labels.forEach((label, i) => svg.append("text").attr("x", middle(i)).attr("y", height - 8)
        .attr("text-anchor", "middle").text(shortened(label, Math.max(3, Math.floor(60 / size)))).append("title").text(label));
      for (const [counts, look] of [[reference, "of-reference"], [current, "of-current"]]) {
        const values = share(counts, k);
        if (!values) continue;
        svg.append("path").attr("class", "line " + look).attr("d", d3.line((d, i) => middle(i), y).defined(d => d != null)(values)).style("stroke-width", 1.4);
        const rowsOf = i => d3.sum(counts, ofClass => ofClass[i]);
        const most = d3.max(values, (value, i) => rowsOf(i));
        // The fewer rows a dot stands for, the smaller it is.
        svg.append("g").selectAll("circle").data(values.map((value, i) => ({value, i})).filter(d => d.value != null)).join("circle")
          .attr("r", d => 1 + 4 * Math.sqrt(rowsOf(d.i) / most)).style("fill", look === "of-current" ? "var(--current)" : "var(--reference)")
          .attr("cx", d => middle(d.i)).attr("cy", d => y(d.value))
          .append("title").text(d => `${percent(d.value)} of ${count(rowsOf(d.i))} rows`);
      }
    }
  }

  // ---- Model performance.

  function performance() {
    const before = report.reference, now = report.current && report.current.labelledRows > 0 ? report.current : null;
    const {positiveClass, classes} = report;
    const scores = side => side.positive || side.macro;
    const rows = [
      ["Accuracy", s => s.accuracy, percent, points],
      ["95 % interval", s => s.accuracy == null ? null : [s.accuracyLow, s.accuracyHigh], pair => pair == null ? NONE : `${percent(pair[0])} to ${percent(pair[1])}`, null],
      ["Balanced accuracy", s => s.balancedAccuracy, percent, points],
      ["Precision", s => scores(s).precision, percent, points],
      ["Recall", s => scores(s).recall, percent, points],
      ["F1", s => scores(s).f1, score, v => signed(v, score)],
      ["Area under the ROC curve", s => scores(s).auc, score, v => signed(v, score)],
      ["Area under precision-recall", s => scores(s).prAuc, score, v => signed(v, score)],
      ["Log-loss (less is better)", s => s.logLoss, score, v => signed(v, score)],
      ["Labelled rows", s => s.labelledRows, count, null],
    ];
    const dummies = {Accuracy: d => percent(d.accuracy), Precision: d => percent(d.precision), Recall: d => percent(d.recall),
      F1: d => score(d.f1), "Area under the ROC curve": () => "0.500", "Log-loss (less is better)": d => score(d.logLoss)};
    const dummy = (now || before).dummy;
    const numbers = section("Held-out rows beside current rows",
      (positiveClass ? `Precision, recall, F1 and areas are of “${shortened(positiveClass, 40)}”. ` : "Precision, recall, F1 and areas are means over the classes, each counting the same. ") +
      `The dummy model always answers “${shortened(report.baselineClass, 40)}”, on the ${now ? "current" : "held-out"} rows; its log-loss is that of the classes' shares.`);
    plainTable(numbers, ["", "held-out", "current", "change", "dummy model"], rows.map(([name, value, format, change]) => {
      const one = value(before), other = now && value(now);
      return [name, format(one), now ? format(other) : NONE, now && change ? change(minus(other, one)) : "", dummies[name] ? dummies[name](dummy) : ""];
    })).style("max-width", "860px");

    const confusion = section("What was classified as what", "Lines are the true classes, columns the answers; each line adds up to 100 %.");
    const matrices = confusion.append("div").attr("class", "panels");
    for (const [title, side] of [["Held-out rows", before], ["Current rows", now]]) {
      if (side) matrix(panel(matrices, title, classes.length <= 4), classes, side.confusion);
    }

    const byClass = section("By class");
    const data = classes.map((name, k) => ({name, before: before.perClass[k], now: now && now.perClass[k], flagged: report.summary.flagged[name]}));
    const total = side => side && d3.sum(side.perClass, each => each.testRows);
    const beside = (title, value, format, wide) => ({title, number: true, wide, value: row => value(row.now || row.before), cell: (td, row) => {
      td.append("span").text(row.now ? format(value(row.now, now)) : NONE);
      td.append("br");
      td.append("span").attr("class", "soft").text(format(value(row.before, before)));
    }});
    const rowsOf = beside("Rows", each => each.testRows, count);
    byClass.append("p").attr("class", "words soft").text("Current rows above, held-out rows below.");
    browsable(byClass, {
      rows: data, noun: "classes", order: {column: rowsOf, up: false}, verdicts: {worse: row => Boolean(row.flagged)},
      columns: [
        {title: "Class", value: row => row.name},
        {title: "Verdict", value: row => row.flagged ? 1 : 0, cell: (td, row) => badge(td, !row.now ? "UNKNOWN" : row.flagged || "GOOD", !row.now ? "no outcomes" : row.flagged ? "recall worse" : "recall not worse")},
        rowsOf,
        beside("Share of rows", (each, side) => side ? each.testRows / total(side) : each.testRows, percent, true),
        beside("Precision", each => each.precision, percent, true), beside("Recall", each => each.recall, percent),
        beside("F1", each => each.f1, score, true), beside("AUC", each => each.auc, score, true),
      ],
      detail: (parent, row) => {
        const reasons = new Set([row.before, row.now].filter(Boolean).flatMap(each => Object.entries(each.undefined || {}).map(([name, why]) => `${name}: ${why}.`)));
        if (reasons.size > 0) parent.append("p").attr("class", "words").text([...reasons].join(" "));
        plainTable(panel(parent.append("div").attr("class", "panels"), "Numbers", true), ["", "held-out", "current"],
          [["Rows", e => e.testRows, count], ["Precision", e => e.precision, percent], ["Recall", e => e.recall, percent], ["F1", e => e.f1, score],
            ["Area under the ROC curve", e => e.auc, score], ["Area under precision-recall", e => e.prAuc, score]]
            .map(([name, value, format]) => [name, format(value(row.before)), row.now ? format(value(row.now)) : NONE]));
      },
    });
    const balance = panel(byClass.append("div").attr("class", "panels").style("margin-top", "16px"), "Class balance");
    const most = data.map((row, k) => k).sort((a, b) => data[b].before.testRows - data[a].before.testRows).slice(0, 12).sort((a, b) => a - b);
    distribution(balance, {labels: most.map(k => classes[k]), others: 0, reference: most.map(k => data[k].before.testRows),
      current: now && most.map(k => data[k].now.testRows)}, "classes");

    curves(before, now);
  }
  function matrix(parent, classes, confusion) {
    const table = parent.append("div").attr("class", "scroll").append("table").attr("class", "matrix");
    const head = table.append("thead").append("tr");
    head.append("td").attr("class", "corner soft").text("true ↓ answer →");
    classes.forEach(name => head.append("th").attr("scope", "col").attr("class", "number").text(shortened(name, 24)));
    confusion.forEach((row, i) => {
      const line = table.append("tbody").append("tr");
      const sum = d3.sum(row);
      line.append("th").attr("scope", "row").text(shortened(classes[i], 24));
      row.forEach((value, j) => {
        const td = line.append("td").classed("wrong", i !== j).style("--strength", sum === 0 ? 0 : .5 * value / sum);
        td.append("span").text(count(value));
        td.append("br");
        td.append("span").attr("class", "soft").text(sum === 0 ? NONE : percent(value / sum));
      });
    });
  }
  function curves(before, now) {
    const both = [before, now].filter(Boolean);
    const namesOf = [...new Set(both.flatMap(side => side.curves.filter(Boolean).map(each => each.name)))];
    if (namesOf.length === 0) return;
    const made = section("Threshold by threshold", "How well one class is told from the rest, whatever probability it takes to be classified as it.");
    let wanted = namesOf[0];
    if (namesOf.length > 1) {
      const choice = made.append("div").attr("class", "tools").append("label").text("Class ").append("select");
      namesOf.forEach(name => choice.append("option").text(name));
      choice.on("change", () => { wanted = choice.property("value"); draw(); });
    }
    const place = made.append("div");
    function draw() {
      place.selectAll("*").remove();
      const find = side => side && side.curves.find(each => each && each.name === wanted);
      const drawn = [["of-reference", find(before), "held-out rows"], ["of-current", find(now), "current rows"]].filter(each => each[1]);
      key(place, [["of-line-reference", "held-out rows"], ["of-line-current", "current rows"]].filter((entry, i) => find([before, now][i])));
      const panels = place.append("div").attr("class", "panels two");
      unitChart(panel(panels, "ROC curve"), `ROC curve of ${wanted}`, "False positive rate", "True positive rate (recall)",
        drawn.map(([look, curve]) => ({look, points: d3.zip(curve.falsePositiveRate, curve.truePositiveRate)})), true);
      unitChart(panel(panels, "Precision and recall"), `Precision-recall curve of ${wanted}`, "Recall", "Precision",
        drawn.map(([look, curve]) => ({look, points: d3.zip(curve.recall, curve.precision)})), false);
      for (const [look, curve, words] of drawn) {
        const scores = panel(panels, `Probability of “${shortened(wanted, 30)}”, ${words}`);
        scoreBars(scores, curve);
      }
      const thresholds = panel(panels, "From which probability on");
      const at = d3.range(drawn[0][1].thresholds.length);
      plainTable(thresholds, ["Threshold", ...drawn.flatMap(() => ["classified", "precision", "recall", "F1"])],
        at.map(i => [drawn[0][1].thresholds[i].threshold.toFixed(2),
          ...drawn.flatMap(([look, curve]) => {
            const cut = curve.thresholds[i];
            return [percent(cut.share), percent(cut.precision), percent(cut.recall), score(cut.f1)];
          })]), drawn.map(([look, curve, words]) => words));
      thresholds.style("max-width", "none").style("flex-basis", "100%");
    }
    draw();
  }
  function scoreBars(parent, curve) {
    key(parent, [["of-reference", "rows of other classes"], ["of-current", "rows of the class"]]);
    const width = 420, height = 230, left = 52, right = width - 8, bottom = 26;
    const svg = chart(parent, width, height, "Rows by probability of the class");
    const others = shares(curve.scoresOfOthers), own = shares(curve.scoresOfClass);
    const x = d3.scaleLinear([0, 1], [left, right]);
    const y = d3.scaleLinear([0, d3.max([...own, ...others])], [height - bottom, 8]).nice(4);
    axes(svg, x, y, {height, left, bottom, right});
    histogram(svg, others, own, d3.scaleLinear([0, own.length], [left, right]), y);
  }

  ({DATA_DRIFT: drift, DATA_QUALITY: quality, MODEL_PERFORMANCE: performance})[report.kind]();
})();
