// What the tests look for in a page. Each gives the faults, as sentences, or what the test weighs itself.
({
  known: new Map(),
  rgb(colour) {
    if (!this.known.has(colour)) {
      const canvas = document.createElement('canvas').getContext('2d')
      canvas.fillStyle = colour
      canvas.fillRect(0, 0, 1, 1)
      this.known.set(colour, [...canvas.getImageData(0, 0, 1, 1).data])
    }
    return this.known.get(colour)
  },

  contrast(one, other) {
    const linear = value => value / 255 <= .03928 ? value / 255 / 12.92 : ((value / 255 + .055) / 1.055) ** 2.4
    const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b)
    const [more, less] = [light(one), light(other)].sort((a, b) => b - a)
    return (more + .05) / (less + .05)
  },

  // The nearest background that is not transparent; stripes are left out of account.
  ground(element) {
    for (; element; element = element.parentElement) {
      const colour = this.rgb(getComputedStyle(element).backgroundColor)
      if (colour[3] > 0) return colour
    }
    return [255, 255, 255, 255]
  },

  elements() {
    return [...document.querySelectorAll('body *:not(svg *)')].filter(one => one.checkVisibility())
  },

  named(element) {
    return `${element.tagName}.${element.getAttribute('class')}: ${element.textContent.trim().slice(0, 60)}`
  },

  // Text of less than 4.5 to 1.
  faint() {
    const spoken = one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
    return this.elements().filter(one => spoken(one) && !one.closest('.simulated') &&
      this.contrast(this.rgb(getComputedStyle(one).color), this.ground(one)) < 4.5).map(this.named)
  },

  // Marks of a legend or a drawing of less than 1.4 to 1: as little as what is faint on purpose, such as a grid.
  lost() {
    const ground = this.rgb(getComputedStyle(document.body).backgroundColor)
    const marks = document.querySelectorAll('.mark, svg:not(.defs) :is(path, line, rect, circle, text)')
    return [...marks].filter(one => {
      const style = getComputedStyle(one)
      const onBar = one.matches('[fill^="var(--on-"]')  // words that stand on their bar, not on the ground
      if (!one.checkVisibility() || onBar || /url/.test(style.fill + style.stroke)) return false
      const used = one instanceof SVGElement ? [style.fill, style.stroke]
        : [style.backgroundColor, style.borderTopColor, ...(style.backgroundImage.match(/rgba?\([^)]*\)/g) ?? [])]
      const colours = used.filter(colour => colour !== 'none').map(colour => this.rgb(colour)).filter(colour => colour[3] > 0)
      return colours.length && Math.max(...colours.map(colour => this.contrast(colour, ground))) < 1.4
    }).map(one => `${one.outerHTML.slice(0, 120)} on ${ground}`)
  },

  // Beyond the edge of the window and in no region that can be scrolled; what only a voice reads is clipped.
  outside() {
    return this.elements().filter(one => one.getBoundingClientRect().right > innerWidth + 1 &&
      !one.closest('.scroll[tabindex="0"], .stacked > thead, .plain > caption')).map(this.named)
  },

  // Cut off by an edge of its own.
  cut() {
    return this.elements().filter(one => {
      const style = getComputedStyle(one)
      return ['hidden', 'clip'].includes(style.overflowX) && style.position !== 'absolute' &&
        one.scrollWidth > one.clientWidth + 1
    }).map(this.named)
  },

  // Who reads with wider lines and letters sets this (WCAG 1.4.12).
  space() {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
      word-spacing: .16em !important } p { margin-bottom: 2em !important }`)
    document.adoptedStyleSheets = [sheet]
  },

  unfold() {
    document.querySelectorAll('details').forEach(one => one.open = true)
  },

  // How many words there are in charts, and how large the smallest is drawn, in pixels.
  smallest() {
    const texts = [...document.querySelectorAll('.chart svg text')]
      .filter(text => text.textContent.trim() && text.checkVisibility())
    const sizes = texts.map(text => {
      const drawn = text.getScreenCTM()
      return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(drawn.a, drawn.b)
    })
    return [sizes.length, Math.min(...sizes)]
  },

  // What could run, fetch or restyle.
  active() {
    const alive = 'script, iframe, object, embed, form, base, style ~ style, link:not([href="data:,"], [rel="alternate"])'
    return [...document.querySelectorAll('*')].flatMap(one => [
      ...(one.matches(alive) ? [one.tagName] : []),
      ...[...one.attributes]
        .filter(it => /^on|^style$/i.test(it.name) || /^\s*(javascript|vbscript):/i.test(it.value))
        .map(it => `${one.tagName} ${it.name}`),
    ])
  },

  // Texts in which a change of direction is not ended by the isolate that was put around it.
  unclosed() {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found = []
    while (walk.nextNode()) {
      const text = walk.currentNode.textContent
      if (/[\u202a-\u202e\u2066\u2067]/.test(text) && !/\u2068[^]*\u2069/.test(text)) found.push(text)
    }
    return found
  },

  // Where the keyboard should stop; from now on it is remembered where it does, and whether that can be seen.
  listen() {
    window.stops = [...document.querySelectorAll('a[href], summary, [tabindex]')].filter(one => one.checkVisibility())
    window.walked = []
    document.addEventListener('focusin', ({target}) => {
      const style = getComputedStyle(target)
      const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      window.walked.push([window.stops.indexOf(target), target.matches(':focus-visible') && seen])
    })
    return window.stops.length
  },

  // axe-core, which is in the page by then. Inside a drawing, which no voice reads and which is described from
  // outside, it finds nothing to judge and takes half of its time; colours of words in it: test_palette.py.
  async axe(options) {
    const found = await axe.run({exclude: [['.chart svg']]}, {...options, resultTypes: ['violations']})
    return found.violations.flatMap(rule => rule.nodes.map(node =>
      `${rule.id}: ${node.html.slice(0, 120)} ${node.failureSummary}`))
  },
})
