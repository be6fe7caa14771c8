// Notes when something on the screen last moved, and finds what can be clicked; see pages.py.
window.watch = (() => {
    let start = 0, last = 0, fetching = 0, listed = [];
    const move = () => { last = performance.now(); };
    // A table and a map are strokes on a canvas: the page's elements stay as they are.
    const noted = (prototype, names) => {
        for (const name of names) {
            const stroke = prototype?.[name];
            if (stroke) prototype[name] = function (...given) { move(); return stroke.apply(this, given); };
        }
    };
    noted(window.CanvasRenderingContext2D?.prototype, ["fillText", "drawImage", "fillRect", "stroke", "fill"]);
    noted(window.WebGL2RenderingContext?.prototype, ["drawElements", "drawArrays", "drawElementsInstanced", "drawArraysInstanced"]);
    const fetched = window.fetch;
    window.fetch = async (...given) => {
        fetching += 1;
        try { return await fetched(...given); } finally { fetching -= 1; move(); }
    };
    const state = () => document.querySelector("[data-testid=stApp]")?.getAttribute("data-test-script-state");
    const isInCanvas = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("canvas");
    const begin = () => new MutationObserver((seen) => {
        // Nobody sees the state of the script, nor the table for screen readers inside a canvas.
        if (seen.some((one) => !one.attributeName?.startsWith("data-test-") && !isInCanvas(one.target))) move();
    }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
    document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", begin) : begin();

    const KINDS = {
        choice: "[data-testid=stMain] [data-testid=stButtonGroup] button",
        tab: "[data-testid=stMain] [role=tab]",
        mark: "[data-testid=stMain] :is(.choroplethlayer path, .scatterlayer .point, .barlayer .point path)",
        row: "[data-testid=stMain] [data-testid=stDataFrame] canvas[data-testid=data-grid-canvas]",
    };
    const MOST = {choice: 12, tab: 12, mark: 4, row: 2};
    const seen = (kind) => [...document.querySelectorAll(KINDS[kind])].filter((one) => one.getBoundingClientRect().width > 3);
    const isChosen = (one) => one.ariaSelected === "true" || one.ariaChecked === "true" || one.disabled
        || /Active$/.test(one.dataset.testid ?? "");
    const isOnTop = (one, x, y) => one.contains(document.elementFromPoint(x, y)) || one.ownerSVGElement;
    // A point inside a mark, where the window shows it.
    const inside = (mark) => {
        const box = mark.getBoundingClientRect(), matrix = mark.getScreenCTM().inverse();
        for (let i = 1; i < 12; i++) for (let j = 1; j < 12; j++) {
            const x = box.x + (box.width * i) / 12, y = box.y + (box.height * j) / 12;
            const at = new DOMPoint(x, y).matrixTransform(matrix);
            if (y > 120 && y < innerHeight - 20 && mark.isPointInFill(at)) return {x, y};
        }
        return null;
    };
    return {
        arm: () => {
            start = Infinity;
            document.addEventListener("pointerup", () => { start = last = performance.now(); }, {capture: true, once: true});
        },
        seconds: () => Math.max(last - start, 0) / 1000,
        isStill: (ms) => {
            if (document.getAnimations().some((one) => one.playState === "running" && one.effect.getComputedTiming().endTime !== Infinity)) move();
            return start !== Infinity && !fetching && state() === "notRunning" && document.querySelector("h1") !== null
                && performance.now() - last > ms;
        },
        choices: () => {
            listed = Object.keys(KINDS).flatMap((kind) => {
                const found = seen(kind), step = kind === "mark" ? Math.max(1, Math.floor(found.length / MOST.mark)) : 1;
                return found.map((_, index) => ({kind, index})).filter(({index}) => index % step === 0).slice(0, MOST[kind]);
            });
            return listed.length;
        },
        place: (number) => {
            const {kind, index} = listed[number], one = seen(kind)[index];
            if (!one || isChosen(one)) return null;
            one.scrollIntoView({block: "nearest"});
            const box = one.getBoundingClientRect(), name = `${kind} ${one.innerText?.trim() || index}`;
            const at = kind === "mark" ? inside(one)
                : kind === "row" ? {x: box.x + 18, y: box.y + 90} : {x: box.x + box.width / 2, y: box.y + box.height / 2};
            return at && isOnTop(one, at.x, at.y) ? {...at, name} : null;
        },
    };
})();
