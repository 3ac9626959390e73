import {LineChart, type LineSeriesOption} from 'echarts/charts';
import {GridComponent, LegendComponent, TitleComponent} from 'echarts/components';
import * as echarts from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import {faint, type Style, styleTable, text} from './palette.ts';

/** One server's points in a panel; x is a number, or one of the panel's `steps`. */
export type Line = {
	readonly server: string;
	readonly points: readonly (readonly [x: number | string, y: number])[];
};

export type Panel = {
	readonly title: string;
	readonly xName: string;
	readonly yName: string;
	/** Names of the places on the x axis; without them it is one of numbers, each ten times the one before. */
	readonly steps?: readonly string[];
	readonly lines: readonly Line[];
};

// All sizes in px. A readme is some 800 wide.
const width = 800;
const panelHeight = 270;
const legendHeight = 34;
const gap = {left: 58, right: 28, top: 58, bottom: 48};

// Where the highest is so many times the lowest, a linear axis would show the lowest as nothing.
const logFrom = 8;

echarts.use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** Draws panels in two columns as one SVG, the same bytes for the same panels. `servers` are named in that order. */
export function drawPanels(panels: readonly Panel[], servers: readonly string[]): string {
	const columns = Math.min(panels.length, 2);
	const rows = Math.ceil(panels.length / columns);
	const height = legendHeight + rows * panelHeight;
	const places = panels.map((_, i) => ({
		x: ((i % columns) * width) / columns,
		y: legendHeight + Math.floor(i / columns) * panelHeight,
	}));
	const styleOf = styleTable(servers);
	const shown = servers.filter(name => panels.some(({lines}) => lines.some(line => line.server === name)));

	const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width, height});
	chart.setOption({
		animation: false,
		textStyle: {fontFamily: 'system-ui, sans-serif', color: text},
		legend: {
			data: shown,
			left: 'center',
			top: 6,
			itemGap: 28,
			itemWidth: 28,
			selectedMode: false,
			textStyle: {color: text, fontSize: 14},
		},
		title: panels.map(({title}, i) => ({
			text: title,
			left: (places[i]?.x ?? 0) + 7,
			top: (places[i]?.y ?? 0) + 4,
			textStyle: {color: text, fontSize: 14, fontWeight: 'bold'},
		})),
		grid: places.map(({x, y}) => ({
			left: x + gap.left,
			top: y + gap.top,
			width: width / columns - gap.left - gap.right,
			height: panelHeight - gap.top - gap.bottom,
		})),
		xAxis: panels.map((panel, i) => ({gridIndex: i, ...axis, ...xAxis(panel)})),
		yAxis: panels.map((panel, i) => ({gridIndex: i, ...axis, ...yAxis(panel)})),
		series: panels.flatMap(({lines}, i) => lines.map(line => series(line, i, styleOf(line.server)))),
	});
	const svg = chart.renderToSVGString();
	chart.dispose();
	return `${withoutTraces(svg)}\n`;
}

/**
 * The library counts ids and classes through all charts of a process, so that the same chart would differ with what came
 * before it. The classes are only for what the pointer does over it, which is nothing in a picture.
 */
function withoutTraces(svg: string): string {
	return svg
		.replaceAll(/ class="zr\d+-cls-\d+"/g, '')
		.replace(/<style ?>.*?<\/style>\n/s, '')
		.replaceAll(' pointer-events="visible"', '')
		.replaceAll(/\bzr\d+-/g, 'chart-');
}

const axis = {
	nameTextStyle: {color: text, fontSize: 12},
	axisLabel: {color: text, fontSize: 12, formatter: short},
	axisLine: {show: true, lineStyle: {color: text}},
	axisTick: {lineStyle: {color: text}},
	minorTick: {show: false},
	splitLine: {lineStyle: {color: faint}},
};

function xAxis({steps, xName, lines}: Panel): object {
	const common = {name: xName, nameLocation: 'middle', nameGap: 30};
	if (steps !== undefined) {
		return {...common, type: 'category', data: steps, axisLabel: {color: text, fontSize: 12}};
	}
	const values = lines.flatMap(({points}) => points.map(([x]) => Number(x)));
	const axisLabel = {...axis.axisLabel, formatter: (value: number) => value.toLocaleString('en')};
	return {...common, type: 'log', axisLabel, ...decades(values)};
}

function yAxis({yName, lines}: Panel): object {
	const values = lines.flatMap(({points}) => points.map(([, y]) => y));
	const isLog = Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= logFrom;
	return {
		name: yName,
		nameLocation: 'end',
		nameGap: 12,
		nameTextStyle: {...axis.nameTextStyle, align: 'left', padding: [0, 0, 0, 12 - gap.left]},
		...(isLog ? {type: 'log', ...decades(values)} : {type: 'value', min: 0}),
	};
}

/** Whole powers of ten around `values`. */
function decades(values: readonly number[]): {readonly min: number; readonly max: number} {
	const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
	const high = Math.ceil(Math.log10(Math.max(...values)) - 1e-9);
	return {min: 10 ** low, max: 10 ** Math.max(high, low + 1)};
}

function series({server, points}: Line, panel: number, {color, symbol}: Style): LineSeriesOption {
	return {
		name: server,
		type: 'line',
		xAxisIndex: panel,
		yAxisIndex: panel,
		data: points.map(([x, y]) => [x, y]),
		symbol,
		symbolSize: 9,
		showAllSymbol: true,
		clip: false,
		silent: true,
		lineStyle: {color, width: 2},
		itemStyle: {color},
		emphasis: {disabled: true},
	};
}

/** 20000 as 20 k, 3000000 as 3 M. */
function short(value: number): string {
	const [unit, of] = value >= 1e6 ? [' M', 1e6] : value >= 1e3 ? [' k', 1e3] : ['', 1];
	return `${Number((value / of).toPrecision(6))}${unit}`;
}
