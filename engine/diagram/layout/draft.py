"""An arrangement on its way to become a plan: its pieces on their tracks."""

from engine.diagram.layout.lattice import Lattice, Place
from engine.diagram.layout.lettering import Note, Room
from engine.diagram.layout.scene import Node, Scene
from engine.diagram.layout.tracks import (
    Piece,
    Tracks,
    number_channel,
    offset_cell_line,
    order_tracks,
)
from engine.diagram.layout.ways import Side, side_towards
from engine.diagram.notation import EVENTS, GATEWAYS

STEP = 14.0  #: Between two flows at one side of a shape, if it is long enough.
RIDER = 36.0  #: Width of an event on a border.


class Draft:
    """An arrangement on its way to become a plan."""

    def __init__(
        self,
        scene: Scene,
        lattice: Lattice,
        rows: dict[str, int],
        ways: dict[str, tuple[Place, ...]],
    ) -> None:
        self.scene, self.lattice, self.rows, self.ways = scene, lattice, rows, ways
        self.flows = {flow.id: flow for flow in scene.flows if flow.id in ways}
        self.tracks: Tracks = order_tracks(ways)
        self.pieces = {id_: self.tracks.pieces(id_) for id_ in ways}
        self.rider_offsets = self._place_riders()
        self.counts = self._number_tracks()
        self.notes: dict[str, Note] = {}
        self.room = Room()

    def place(self, node: Node) -> Place:
        """Return the point of the lattice on which *node* stands."""
        return (
            self.lattice.x_of(node.column),
            self.lattice.y_of(node.band, self.rows[node.id]),
        )

    def leaves(self, flow: str) -> Side:
        """Return the side by which *flow* leaves its source."""
        return side_towards(self.ways[flow][0], self.ways[flow][1])

    def enters(self, flow: str) -> Side:
        """Return the side by which *flow* enters its target."""
        return side_towards(self.ways[flow][-1], self.ways[flow][-2])

    def _number_tracks(self) -> tuple[dict[int, int], dict[int, int]]:
        upright: dict[int, int] = {}
        level: dict[int, int] = {}
        for x, pieces in self.tracks.upright.items():
            if x % 2:
                self._offset(pieces, touching=True)
            else:
                upright[x] = number_channel(pieces, touching=True)
        for y, pieces in self.tracks.level.items():
            if y in self.lattice.row_lines:
                self._offset(pieces, touching=False)
            else:
                level[y] = number_channel(pieces, touching=False)
        return upright, level

    def _offset(self, pieces: list[Piece], *, touching: bool) -> None:
        """Set the pieces of a row or column of cells beside its middle."""
        liking = {id(piece): self._liking(piece) for piece in pieces}
        steps = offset_cell_line(pieces, liking, touching=touching)
        for piece in pieces:
            fixed = self._fixed(piece)
            together = [p for p in pieces if p.shares(piece, touching=touching)]
            most = max(abs(steps[id(p)]) for p in [*together, piece])
            room = min(self._reach(p) for p in [*together, piece])
            step = min(STEP, room / most) if most else STEP
            base = next((f for f in map(self._fixed, together) if f is not None), 0.0)
            piece.track = fixed if fixed is not None else base + steps[id(piece)] * step

    def _ends(self, piece: Piece) -> list[Node]:
        """Return the nodes at which *piece* begins or ends."""
        flow = self.flows[piece.flow]
        last = len(self.ways[piece.flow]) - 2
        ends = []
        if piece.index == 0:
            ends.append(self.scene.nodes[flow.source])
        if piece.index == last and flow.target in self.scene.nodes:
            ends.append(self.scene.nodes[flow.target])
        return ends

    def _liking(self, piece: Piece) -> float:
        """Return how much *piece* should lie in the middle of its cells."""
        if self._fixed(piece) is not None:
            return 1000.0
        ends = self._ends(piece)
        liking = 100.0 if len(ends) == 2 else 0.0
        liking += sum(10.0 if node.kind in GATEWAYS else 5.0 for node in ends)
        return liking + self.flows[piece.flow].main

    def _fixed(self, piece: Piece) -> float | None:
        """Return how far off the middle an event on a border holds *piece*."""
        flow = self.flows[piece.flow]
        if piece.index == 0 and flow.source_rider:
            return self.rider_offsets[flow.source_rider]
        if piece.index == len(self.ways[piece.flow]) - 2 and flow.target_rider:
            return self.rider_offsets[flow.target_rider]
        return None

    def _reach(self, piece: Piece) -> float:
        """Return how far off the middle *piece* may lie and still touch its ends."""
        reach = 30.0
        for node in self._ends(piece):
            if node.kind in GATEWAYS:
                reach = min(reach, 15.0)
            elif node.kind in EVENTS:
                reach = min(reach, 11.0)
        return reach

    def _place_riders(self) -> dict[str, float]:
        """Set the events on a border side by side, in the order of their flows."""
        ranks: dict[str, int] = {}
        for id_, flow in self.flows.items():
            if flow.source_rider:
                ranks[flow.source_rider] = self.pieces[id_][0].rank
        offsets: dict[str, float] = {}
        for host in {rider.host for rider in self.scene.riders.values()}:
            riders = self.scene.riders_of(host)
            riders.sort(key=lambda rider: ranks.get(rider.id, len(self.flows)))
            edge = max(
                self.scene.nodes[host].width / 2 - RIDER / 2, 21.0 * (len(riders) - 1)
            )
            for index, rider in enumerate(riders):
                share = index / (len(riders) - 1) if len(riders) > 1 else 0.0
                offsets[rider.id] = edge * (2 * share - 1)
        return offsets
