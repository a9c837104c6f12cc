// Command everything removes every flag of a module, with every value, in
// memory, and requires that each result type-checks, tests included, or that the
// refusal gives a reason; that working it out again gives the same bytes, and that
// removing the flag from the result changes nothing more; and that the command, which looks into
// a part of the packages, gives the same.
//
//	go run ./everything -C DIR [-config FILE] [patterns]
//
// It writes nothing. The exit code is 1 where a result does not type-check, or
// the engine panicked or did not answer.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

func main() {
	var c options
	keys := flag.String("keys", "", "regular expression that the keys must match")
	flag.StringVar(&c.dir, "C", ".", "directory of the module")
	flag.StringVar(&c.config, "config", "", "configuration with the in-house providers")
	flag.BoolVar(&c.recheck, "recheck", true, "load the result anew and type-check it, instead of trusting the engine's own check")
	flag.BoolVar(&c.keep, "keep-declaration", false, "leave the declarations")
	flag.BoolVar(&c.parts, "parts", true, "also work each removal out from the packages that it reaches, as the command does, and require the same")
	flag.IntVar(&c.max, "max", 0, "number of flags to try; 0: all")
	flag.DurationVar(&c.limit, "limit", 2*time.Minute, "time that one removal may take")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	wrong, err := run(ctx, c, *keys, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "everything:", err)
		os.Exit(2)
	}
	if wrong > 0 {
		os.Exit(1)
	}
}

func run(ctx context.Context, c options, keys string, patterns []string) (int, error) {
	match, err := regexp.Compile(keys)
	if err != nil {
		return 0, err
	}
	if c.dir, err = filepath.Abs(c.dir); err != nil {
		return 0, err
	}
	c.patterns, c.env = patterns, os.Environ()
	start := time.Now()
	m, err := loadModule(ctx, c)
	if err != nil {
		return 0, err
	}
	flags := slices.DeleteFunc(m.flags(), func(f candidate) bool { return !match.MatchString(f.key) })
	if c.max > 0 {
		flags = flags[:min(c.max, len(flags))]
	}
	fmt.Printf("%s: %d packages, %d flags, loaded in %s\n", c.dir, len(m.prog.Packages), len(flags), time.Since(start).Round(100*time.Millisecond))
	w := tabwriter.NewWriter(os.Stdout, 2, 8, 2, ' ', 0)
	fmt.Fprintln(w, "flag\toutcome\tfiles\t-lines\tresidue\tlooked into\ttime\tdetail")
	count := map[string]int{}
	for _, f := range flags {
		for _, v := range f.values {
			if ctx.Err() != nil {
				return count["wrong"], ctx.Err()
			}
			o := m.try(ctx, c, f.key, v)
			count[o.kind]++
			if slices.Contains([]string{"type error", "panic", "no answer", "does not parse", "refused without reason", "parts differ", "other bytes", "changes again"}, o.kind) {
				count["wrong"]++
			}
			fmt.Fprintf(w, "%s=%s\t%s\t%d\t%d\t%s\t%s\t%s\t%s\n", f.key, v, o.kind, o.files, o.lines, o.residue, o.looked, o.took.Round(time.Millisecond), oneLine(o.detail))
		}
	}
	w.Flush()
	var kinds []string
	for k := range count {
		if k != "wrong" {
			kinds = append(kinds, fmt.Sprintf("%d %s", count[k], k))
		}
	}
	slices.Sort(kinds)
	fmt.Printf("%s; %d wrong, %s\n", strings.Join(kinds, ", "), count["wrong"], time.Since(start).Round(time.Second))
	return count["wrong"], nil
}

func oneLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s[:min(len(s), 220)]
}
