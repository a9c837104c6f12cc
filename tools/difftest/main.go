// Command difftest tries the removal engine on random programs: see the package
// internal/difftest for what is held against what.
//
//	go run ./difftest -n 100000 -seed 1 -out /tmp/failures
//
//	go run ./difftest FILE.txtar …
//
// It prints a count of findings by kind, and writes the first few programs of
// each kind, reduced, to the output directory. The exit code is 1 where the
// engine was proven wrong. Files are programs that were written out before (seed
// and served values in the comment): they are tried again, and the result is
// shown; with -out they are written there, reduced, if they still fail.
package main

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/flaghygiene/flaglint/internal/difftest"
	"github.com/flaghygiene/flaglint/internal/reach"
	"github.com/flaghygiene/flaglint/removal"
)

func main() {
	var c config
	flag.IntVar(&c.n, "n", 1000, "number of programs")
	flag.Uint64Var(&c.seed, "seed", 1, "seed of the first program; the next ones follow")
	flag.IntVar(&c.batch, "batch", 200, "programs in one binary")
	flag.IntVar(&c.workers, "workers", 2, "batches at a time")
	flag.IntVar(&c.keep, "keep", 3, "programs to write out for each kind of finding")
	flag.BoolVar(&c.reduce, "reduce", true, "reduce the programs that are written out")
	flag.StringVar(&c.out, "out", "", "directory for failing programs")
	flag.StringVar(&c.kinds, "kinds", "", "comma-separated kinds or classes of finding to write out (default: those that prove the engine wrong)")
	flag.BoolVar(&c.apart, "apart", false, "programs in which one package alone asks for the flag")
	flag.BoolVar(&c.parts, "parts", false, "also work each removal out from the packages that it reaches, and require the same")
	flag.StringVar(&c.without, "without", "", "comma-separated constructs; programs that have one are left out")
	flag.Parse()
	c.files = flag.Args()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	wrong, err := c.run(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "difftest:", err)
		os.Exit(2)
	}
	if wrong > 0 {
		os.Exit(1)
	}
}

type config struct {
	n, batch, workers, keep int
	seed                    uint64
	reduce, parts, apart    bool
	out, kinds, without     string
	files                   []string
}

// tally is what a run found.
type tally struct {
	mu       sync.Mutex
	programs int
	wrong    int
	kinds    map[string]int // programs with a finding of the kind
	example  map[string]string
	features map[string]int
	kept     map[string][]*difftest.Result
}

// wholeAndParts works a removal out from the whole program and from parts of it. It refuses
// where these differ.
func wholeAndParts(prog *removal.Program, targets []removal.Target, opts removal.Options) (*removal.Plan, error) {
	whole, err := removal.New(prog, targets, opts)
	if err != nil {
		return nil, err
	}
	part, err := reach.Within(prog, targets, opts)
	if err != nil {
		return nil, fmt.Errorf("from parts: %w", err)
	}
	if a, b := fmt.Sprint(whole.Residue, whole.Notes, whole.Removed), fmt.Sprint(part.Residue, part.Notes, part.Removed); a != b {
		return nil, fmt.Errorf("from parts other things are told: %s, not %s", b, a)
	}
	same := func(a, b removal.FileEdit) bool {
		return a.Name == b.Name && bytes.Equal(a.After, b.After) && (a.After == nil) == (b.After == nil)
	}
	if !slices.EqualFunc(whole.Files, part.Files, same) {
		return nil, fmt.Errorf("from parts other files come out")
	}
	return whole, nil
}

func (c config) run(ctx context.Context) (int, error) {
	dir, err := os.MkdirTemp("", "difftest")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	remove := difftest.Remover(removal.New)
	if c.parts {
		remove = wholeAndParts
	}
	s, err := difftest.NewSession(dir, remove)
	if err != nil {
		return 0, err
	}
	if c.apart {
		s.Generate = difftest.GenerateApart
	}
	if len(c.files) > 0 {
		return c.tryFiles(ctx, s)
	}
	t := &tally{kinds: map[string]int{}, example: map[string]string{}, features: map[string]int{}, kept: map[string][]*difftest.Result{}}
	debug.SetGCPercent(400)
	start := time.Now()
	batches := make(chan []uint64)
	errs := make(chan error, c.workers)
	var wg sync.WaitGroup
	for range c.workers {
		wg.Go(func() {
			for seeds := range batches {
				results, err := s.Batch(ctx, seeds)
				if err != nil {
					errs <- err
					return
				}
				if err := c.count(ctx, s, t, results); err != nil {
					errs <- err
					return
				}
				fmt.Fprintf(os.Stderr, "\r%d programs, %d wrong, %.0f a minute ", t.programs, t.wrong, float64(t.programs)/time.Since(start).Minutes())
			}
		})
	}
	for i := 0; i < c.n; i += c.batch {
		var seeds []uint64
		for j := i; j < min(i+c.batch, c.n); j++ {
			if seed := c.seed + uint64(j); !c.leftOut(s, seed) {
				seeds = append(seeds, seed)
			}
		}
		select {
		case batches <- seeds:
			continue
		case err = <-errs:
		case <-ctx.Done():
		}
		break
	}
	close(batches)
	wg.Wait()
	fmt.Fprintln(os.Stderr)
	if err == nil {
		select {
		case err = <-errs:
		default:
		}
	}
	t.print(time.Since(start))
	if c.out != "" && c.reduce && ctx.Err() == nil {
		err = cmp.Or(err, c.writeAll(ctx, s, t))
	}
	return t.wrong, err
}

// leftOut reports whether a program has a construct that is not wanted.
func (c config) leftOut(s *difftest.Session, seed uint64) bool {
	if c.without == "" {
		return false
	}
	features := s.Generate(seed).Features
	return slices.ContainsFunc(strings.Split(c.without, ","), func(f string) bool { return features[f] > 0 })
}

// tryFiles tries programs that were written out, and shows what becomes of them.
func (c config) tryFiles(ctx context.Context, s *difftest.Session) (int, error) {
	wrong := 0
	for _, file := range c.files {
		data, err := os.ReadFile(file)
		if err != nil {
			return wrong, err
		}
		p, err := difftest.Parse(data)
		if err != nil {
			return wrong, fmt.Errorf("%s: %w", file, err)
		}
		r, err := s.Try(ctx, p)
		if err != nil {
			return wrong, err
		}
		if i := slices.IndexFunc(r.Findings, c.wanted); i >= 0 && c.out != "" {
			if err := c.write(ctx, s, filepath.Join(c.out, filepath.Base(file)), r, r.Findings[i].Class()); err != nil {
				return wrong, err
			}
		}
		fmt.Printf("== %s\n", file)
		for _, f := range r.Findings {
			fmt.Printf("%s: %s\n", f.Kind, f.Detail)
			if difftest.Wrong(f.Kind) {
				wrong++
			}
		}
		for _, name := range slices.Sorted(maps.Keys(r.After)) {
			if r.After[name] != p.Files[name] {
				fmt.Printf("-- after/%s --\n%s", name, r.After[name])
			}
		}
	}
	return wrong, nil
}

// count adds results to the tally, and writes out those that are kept.
func (c config) count(ctx context.Context, s *difftest.Session, t *tally, results []*difftest.Result) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range results {
		t.programs++
		for f := range r.Program.Features {
			t.features[f]++
		}
		seen := map[string]bool{}
		wrong := false
		for _, f := range r.Findings {
			kind := f.Class()
			if seen[kind] {
				continue
			}
			seen[kind] = true
			t.kinds[kind]++
			if t.kinds[kind] == 1 {
				t.example[kind] = fmt.Sprintf("seed %d: %s", r.Program.Seed, firstLine(f.Detail))
			}
			wrong = wrong || difftest.Wrong(f.Kind)
			if c.wanted(f) && len(t.kept[kind]) < c.keep {
				t.kept[kind] = append(t.kept[kind], r)
				if c.out != "" {
					// At once, so that a long run can be looked at; reduced only at its end.
					unreduced := c
					unreduced.reduce = false
					if err := unreduced.write(ctx, s, c.name(kind, len(t.kept[kind])), r, kind); err != nil {
						return err
					}
				}
			}
		}
		if wrong {
			t.wrong++
		}
	}
	return nil
}

// name is the file of the i-th program with a finding of a class.
func (c config) name(class string, i int) string {
	return filepath.Join(c.out, fmt.Sprintf("%s-%d.txtar", strings.NewReplacer(": ", "-", " ", "-").Replace(class), i))
}

func (c config) wanted(f difftest.Finding) bool {
	if c.kinds == "" {
		return difftest.Wrong(f.Kind)
	}
	kinds := strings.Split(c.kinds, ",")
	return slices.Contains(kinds, f.Kind) || slices.Contains(kinds, f.Class())
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s[:min(len(s), 160)]
}

func (t *tally) print(d time.Duration) {
	fmt.Printf("%d programs in %s: %d prove the engine wrong\n", t.programs, d.Round(time.Second), t.wrong)
	for _, kind := range slices.Sorted(maps.Keys(t.kinds)) {
		fmt.Printf("%8d %-28s %s\n", t.kinds[kind], kind, t.example[kind])
	}
}

// writeAll writes the programs that were kept once more, reduced.
func (c config) writeAll(ctx context.Context, s *difftest.Session, t *tally) error {
	for kind, results := range t.kept {
		for i, r := range results {
			if err := c.write(ctx, s, c.name(kind, i+1), r, kind); err != nil {
				return err
			}
		}
	}
	return nil
}

// write writes a program with a finding of a class, reduced where that is wanted.
func (c config) write(ctx context.Context, s *difftest.Session, name string, r *difftest.Result, class string) error {
	of := func(f difftest.Finding) bool { return f.Class() == class }
	if c.reduce {
		reduced, err := s.Reduce(ctx, r, of)
		if err != nil {
			return err
		}
		r = reduced
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, r.Format(r.Findings[slices.IndexFunc(r.Findings, of)]), 0o644)
}
