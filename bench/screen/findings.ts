/** What was found out: values of figures, a list for each screen with one of each round, and what went wrong. */
export class Findings {
	readonly values = new Map<string, Map<string, number[]>>();
	/** Lost messages, wrong text: a screen with one of them has failed. */
	readonly faults: {readonly screen: string; readonly what: string}[] = [];
	/** What was not reached in the time that there is, and doubts about the measurement. */
	readonly notes: string[] = [];

	add(figure: string, screen: string, value: number): void {
		const screens = this.values.get(figure) ?? new Map<string, number[]>();
		this.values.set(figure, screens.set(screen, [...(screens.get(screen) ?? []), value]));
	}

	of(figure: string, screen: string): readonly number[] {
		return this.values.get(figure)?.get(screen) ?? [];
	}

	fault(screen: string, what: string): void {
		const isKnown = this.faults.some(fault => fault.screen === screen && fault.what === what);
		if (!isKnown) this.faults.push({screen, what});
	}

	note(screen: string, what: string): void {
		const note = `${screen}: ${what}`;
		if (!this.notes.includes(note)) this.notes.push(note);
	}
}
