package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// The marks in a document between which the tables go.
const (
	beginMark = "<!-- bench: begin -->\n"
	endMark   = "<!-- bench: end -->\n"
)

// table renders what was measured of a module. The first row is R.
func table(m *module, rows []row, runs int) string {
	b := &strings.Builder{}
	fmt.Fprintf(b, "%s: %d lines. %s, %s/%s, %d processors, medians of %d runs.\n\n", strings.ToUpper(m.name[:1])+m.name[1:], m.lines,
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runs)
	fmt.Fprint(b, "| work | processor time | R | clock | R | peak memory | goal |\n|---|---|---|---|---|---|---|\n")
	base := rows[0].cost
	for _, r := range rows {
		goal := ""
		if r.goal > 0 {
			goal = fmt.Sprintf("%.1f R", r.goal)
		}
		fmt.Fprintf(b, "| %s | %s | %.2f | %s | %.2f | %d MiB | %s |\n", r.what, seconds(r.cost.processor), ratio(r.cost.processor, base.processor),
			seconds(r.cost.clock), ratio(r.cost.clock, base.clock), r.cost.memory>>20, goal)
	}
	return b.String()
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func ratio(d, base time.Duration) float64 { return float64(d) / float64(base) }

// writeTables puts the tables into a document, between its marks.
func writeTables(name string, tables []string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(data), beginMark)
	_, after, ends := strings.Cut(rest, endMark)
	if !begins || !ends {
		return fmt.Errorf("%s: it lacks the marks for the tables (%s and %s)", name, strings.TrimSpace(beginMark), strings.TrimSpace(endMark))
	}
	return os.WriteFile(name, []byte(before+beginMark+strings.Join(tables, "\n")+endMark+after), 0o644)
}
