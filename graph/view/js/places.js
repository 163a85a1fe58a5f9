// Where nodes stand: as laid out in advance, or around the focus in rings, or along a path from left to right.
const Places = (() => {
  const base = Data.nodes.x.map((x, i) => ({ x, y: Data.nodes.y[i] }));
  const RING = 190;
  const ROOM = 74;

  // The neighbours of the centre in sectors by family of relation, so that like ties stand together.
  const firstRing = (focus, nodes, edgeSet) => {
    const sector = (n) => Math.min(...Data.edgesOf[n].filter((e) => edgeSet.has(e) && Data.other(e, n) === focus).map(Data.familyOf));
    return nodes.map((n) => [sector(n), n]).sort((a, b) => a[0] - b[0] || Data.nodes.label[a[1]].localeCompare(Data.nodes.label[b[1]], "en") || a[1] - b[1]).map(([, n]) => n);
  };

  const onRing = (places, nodes, angles, radius) => {
    // Long rings stagger, so that names have room.
    const stagger = nodes.length > 14;
    nodes.forEach((n, i) => {
      const r = stagger && i % 2 ? radius * 1.28 : radius;
      places.set(n, { x: r * 1.15 * Math.cos(angles[i]), y: r * Math.sin(angles[i]) });
    });
  };

  const spreadAngles = (weights) => {
    const total = weights.reduce((a, b) => a + b, 0) || 1;
    let sum = 0;
    return weights.map((weight) => {
      sum += weight;
      return ((sum - weight / 2) / total) * 2 * Math.PI - Math.PI / 2;
    });
  };

  // What is pinned but lies outside of the focus or the path stands in a row below it.
  const below = (places, nodes) => {
    const apart = nodes.filter((n) => !places.has(n));
    const bottom = Math.max(...[...places.values()].map((p) => p.y));
    apart.forEach((n, i) => places.set(n, { x: (i - (apart.length - 1) / 2) * RING, y: bottom + RING }));
    return places;
  };

  const rings = ({ nodes, distance, edgeSet }) => {
    const focus = [...distance].find(([, d]) => d === 0)[0];
    const places = new Map([[focus, { x: 0, y: 0 }]]);
    let parents = [focus];
    let radius = 0;
    const depth = Math.max(...distance.values());
    for (let ring = 1; ring <= depth; ring += 1) {
      const members = nodes.filter((n) => distance.get(n) === ring);
      const order = new Map(parents.map((n, i) => [n, i]));
      const parent = (n) => Math.min(...Data.edgesOf[n].filter((e) => edgeSet.has(e)).map((e) => order.get(Data.other(e, n)) ?? Infinity));
      const sorted = ring === 1 ? firstRing(focus, members, edgeSet) : members.map((n) => [parent(n), n]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, n]) => n);
      const children = (n) => Data.edgesOf[n].filter((e) => edgeSet.has(e) && distance.get(Data.other(e, n)) === ring + 1).length;
      const weights = sorted.map((n) => 1 + (ring === 1 ? Math.min(children(n), 6) * 0.5 : 0));
      radius = Math.max(radius + RING, (sorted.length * ROOM) / (2 * Math.PI));
      onRing(places, sorted, spreadAngles(weights), radius);
      parents = sorted;
    }
    return below(places, nodes);
  };

  const columns = ({ nodes, distance }) => {
    const places = new Map();
    const longest = Math.max(...distance.values());
    for (let step = 0; step <= longest; step += 1) {
      const members = nodes.filter((n) => distance.get(n) === step);
      members.forEach((n, i) => places.set(n, { x: step * 230, y: (i - (members.length - 1) / 2) * 96 + (step % 2) * 24 }));
    }
    return below(places, nodes);
  };

  const current = (state, shown) => {
    if (state.path) return columns(shown);
    if (state.focus !== null && shown.distance?.size) return rings(shown);
    return new Map(shown.nodes.map((n) => [n, base[n]]));
  };

  return { current };
})();
