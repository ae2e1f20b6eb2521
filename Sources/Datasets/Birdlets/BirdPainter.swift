import Glibc

/// Paints a bird with the marks of its class into a scene; `Anatomy` gives the positions of its parts.
struct BirdPainter {
  typealias Point = SIMD2<Float>
  typealias Colour = SIMD3<Float>

  let scene: BirdScene
  let marks: Marks

  func paint(on canvas: inout Canvas) {
    paintTail(&canvas)
    paintLegs(&canvas)
    paintBeak(&canvas)
    paintBody(&canvas)
    paintCrown(&canvas)
    paintEye(&canvas)
    paintWing(&canvas)
  }

  private var plumage: Plumage { scene.plumage }
  private var anatomy: Anatomy { scene.anatomy }
  private var headRadius: Float { anatomy.headRadius }
  private var head: Frame { anatomy.head }
  private var trunk: Frame { anatomy.trunk }

  // MARK: - Parts

  private func paintBody(_ canvas: inout Canvas) {
    let (radii, radius, headCentre, plumage) = (anatomy.trunkRadii, headRadius, Anatomy.headCentre, plumage)
    let turn = Frame(angle: Anatomy.trunkAngle)
    func outlines(_ p: Point) -> (trunk: Float, head: Float) {
      (Shape.ellipse(turn.fromScene(p), .zero, radii), Shape.circle(p, headCentre, radius))
    }
    canvas.paint(Box(-0.5, -0.5, 0.56, 0.36), in: anatomy.bird) { p in
      let (trunk, head) = outlines(p)
      return Shape.blend(trunk, head, 0.16)
    } colour: { p in
      let q = turn.fromScene(p)
      let (trunk, head) = outlines(p)
      let isHead = smoothstep(-0.06, 0.06, trunk - head)
      let (onTrunk, onHead) = (q / radii, (p - headCentre) / radius)
      // The belly's colour extends up to the throat.
      let (lower, throat) = (onTrunk.y * 0.9 + onTrunk.x * 0.25, onHead.y * 0.8 + onHead.x * 0.35)
      let ripple = (scene.noise(p * 22) - 0.5) * 0.22
      let below = smoothstep(-0.05, 0.4, lower + (throat - lower) * isHead + ripple)
      var colour = mix(plumage.back, plumage.belly, below)
      if scene.breastIsStreaked {
        let streak = scene.noise(Point(q.x * 9, q.y * 42 + q.x * 5))
        colour *= 1 - 0.35 * below * smoothstep(0.55, 0.75, streak) * (1 - isHead)
      }
      colour *= 0.93 + 0.14 * scene.noise(Point(q.x * 26, q.y * 60))
      return shaded(colour, (onTrunk + (onHead - onTrunk) * isHead) * 0.93)
    }
  }

  private func paintCrown(_ canvas: inout Canvas) {
    let radius = headRadius
    let colour = marks.contains(.crown) ? Colour(0.74, 0.08, 0.12) : plumage.back * 0.86
    canvas.paint(Box(-radius * 1.1, -radius * 1.1, radius * 1.1, 0), in: head) { p in
      // The area above a ragged line from the beak to the nape.
      let line = p.y + radius * 0.42 - 0.16 * p.x - radius * 0.10 * scene.noise(p * 30)
      return max(Shape.circle(p, .zero, radius * 1.02), line, -p.x - radius * 0.80)
    } colour: { p in
      shaded(colour * (0.86 + 0.28 * scene.noise(Point(p.x * 40, p.y * 80))), p / radius * 0.95)
    }
  }

  private func paintEye(_ canvas: inout Canvas) {
    let centre = anatomy.eye
    let eye = headRadius * 0.215
    if marks.contains(.eyeRing) {
      canvas.paint(Box(around: centre, eye * 2), in: head) { p in
        Shape.ellipse(p, centre, Point(1.0, 0.94) * eye * 1.8)
      } colour: { p in
        shaded([0.96, 0.95, 0.90], p / headRadius * 0.6)
      }
    }
    canvas.paint(Box(around: centre, eye * 1.3), in: head) { p in
      Shape.circle(p, centre, eye)
    } colour: { p in
      let glint = smoothstep(0.34, 0.18, length(p - centre - Point(0.3, -0.38) * eye) / eye)
      return mix([0.05, 0.04, 0.04], [0.95, 0.95, 0.95], glint)
    }
  }

  private func paintBeak(_ canvas: inout Canvas) {
    let radius = headRadius
    let long = marks.contains(.longBeak)
    let base = Point(0.78, long ? 0.10 : 0.12) * radius
    let tip = anatomy.beakTip(isLong: long)
    let half = (long ? 0.17 : 0.33) * radius
    let curve = (long ? 0.10 : 0.14) * radius
    func middle(_ t: Float) -> Float { base.y + (tip.y - base.y) * t }
    canvas.paint(Box(0, -radius, radius * 2.6, radius), in: head) { p in
      // The edges bulge: bend each point, then evaluate a straight triangle.
      let t = (p.x - base.x) / (tip.x - base.x)
      let bent = Point(p.x, p.y + curve * t * (1 - t) * (p.y < base.y ? -1 : 0.6))
      return Shape.triangle(bent, base - Point(0, half), base + Point(0, half), tip)
    } colour: { p in
      let above = middle((p.x - base.x) / (tip.x - base.x)) - p.y
      let gape = smoothstep(0.012, 0.004, abs(above + 0.004))
      return shaded(plumage.beak * (above > 0 ? 1.12 : 0.86) * (1 - 0.35 * gape), Point(0, -above / half * 0.6))
    }
  }

  private func paintTail(_ canvas: inout Canvas) {
    let frame = anatomy.tail
    let length = Anatomy.tailLength
    let (base, end) = Anatomy.tailHalfWidth
    func half(_ t: Float) -> Float { base + (end - base) * t }
    canvas.paint(Box(-length - 0.05, -0.12, 0.1, 0.12), in: frame) { p in
      // The end is notched between the outer feathers.
      let notch = 0.045 * (1 - abs(p.y) / end)
      return max(abs(p.y) - half(-p.x / length), max(-p.x - length + notch, p.x - 0.05))
    } colour: { p in
      let t = -p.x / length
      let across = p.y / half(t)
      let feather = abs((across * 2.5).truncatingRemainder(dividingBy: 1))
      var colour = plumage.wing * (1.05 - 0.28 * smoothstep(0.75, 1, feather))
      colour *= 0.94 + 0.12 * scene.noise(Point(p.x * 20, p.y * 90))
      if marks.contains(.tailBand) {
        let (from, to) = (Anatomy.tailBand.lowerBound, Anatomy.tailBand.upperBound)
        let band = smoothstep(from, from + 0.025, t) * smoothstep(to, to - 0.025, t)
        colour = mix(colour, [0.98, 0.76, 0.16], band)
      }
      return shaded(colour, Point(0, across * 0.5 - 0.15))
    }
  }

  private func paintWing(_ canvas: inout Canvas) {
    let (shoulder, tip) = (Anatomy.shoulder, Anatomy.wingTip)
    let box = Box(-0.68, -0.22, 0.3, 0.24)
    func outline(_ p: Point) -> Float { Shape.leaf(p, shoulder, tip, 0.36) }
    // A soft shadow of the wing on the body.
    canvas.paint(box, in: trunk, opacity: 0.32, softness: 0.07) { p in
      outline(p - Point(0, 0.035))
    } colour: { _ in
      plumage.back * 0.35
    }
    canvas.paint(box, in: trunk) { p in
      outline(p)
    } colour: { p in
      let t = (shoulder.x - p.x) / (shoulder.x - tip.x)
      let across = p.y + 0.02
      // Small coverts at the shoulder, long flight feathers behind.
      let isFlight = smoothstep(0.42, 0.50, t + 0.35 * across)
      let quill = abs(((across * 1.15 + 0.10 * t) * 21).truncatingRemainder(dividingBy: 1))
      let flight = plumage.wing * (1.15 - 0.45 * smoothstep(0.72, 0.98, quill))
      let scales = scene.noise(Point(p.x * 30 + p.y * 12, p.y * 34))
      let covert = mix(plumage.back, plumage.wing, 0.45) * (0.86 + 0.28 * scales)
      var colour = mix(covert, flight, isFlight)
      let inside = -outline(p)
      if marks.contains(.wingBars) {
        let bend = t + 0.9 * across * across + 0.30 * across + 0.006 * (scene.noise(p * 60) - 0.5)
        for place in Anatomy.wingBars {
          let bar = smoothstep(0.040, 0.028, abs(bend - place)) * smoothstep(0, 0.02, inside)
          colour = mix(colour, [0.95, 0.94, 0.90], bar)
        }
      }
      let edge = 1 - 0.3 * smoothstep(0.03, 0, inside)
      return shaded(colour * edge, Point(0.1 - 0.3 * t, across * 3.4))
    }
  }

  private func paintLegs(_ canvas: inout Canvas) {
    for (hip, foot) in Anatomy.legs {
      canvas.paint(Box(foot.x - 0.1, 0.15, foot.x + 0.12, 0.5), in: anatomy.bird) { p in
        min(
          Shape.capsule(p, hip, foot, 0.017, 0.013),
          Shape.capsule(p, foot, foot + Point(0.085, 0.02), 0.013, 0.010),
          Shape.capsule(p, foot, foot + Point(-0.06, 0.025), 0.013, 0.010))
      } colour: { p in
        Colour(0.34, 0.27, 0.22) * (0.8 + 0.5 * scene.noise(p * 50))
      }
    }
  }

  // MARK: - Light

  /// A colour on a rounded part; `round` is the position on it, from the centre (0) to the edge (1).
  private func shaded(_ colour: Colour, _ round: Point) -> Colour {
    let away = min(dot(round, round), 0.98)
    let normal = SIMD3(anatomy.bird.mirrored ? -round.x : round.x, round.y, (1 - away).squareRoot())
    let facing = (normal * scene.light.direction).sum()
    return colour * (0.52 + 0.62 * max(facing, 0) + 0.10 * (1 - normal.y))
  }
}
