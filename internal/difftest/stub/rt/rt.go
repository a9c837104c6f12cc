// Package rt is what generated programs record their effects with. It is
// compiled into the test binary together with them, never imported by the
// project itself.
package rt

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Program is one generated program as the test binary sees it: the program
// before and after the removal.
type Program struct {
	ID            string
	Before, After func()
	// Dropped are the packages that nothing imports after the removal: what they
	// do at start-up counts on neither side.
	Dropped []string
}

// limit bounds the effects of one run; a program that goes on ends there, and
// its trace up to there is what counts.
const limit = 4000

type trace struct {
	lines []string
	full  bool
}

func (t *trace) add(line string) {
	if len(t.lines) >= limit {
		t.full = true
		runtime.Goexit() // which the program cannot recover from
	}
	t.lines = append(t.lines, line)
}

var (
	current *trace                // nil while packages are initialised
	self    string                // side/ID of the program that runs
	inits   = map[string]*trace{} // what the initialisers of a package did, by side/ID/package
	order   []string              // the keys of inits, in the order of their first effects
	run     int                   // number of the run, an input of the programs
)

func emit(line string) {
	if t := current; t != nil {
		t.add(line)
		return
	}
	id := initialising()
	t := inits[id]
	if t == nil {
		t = &trace{}
		inits[id] = t
		order = append(order, id)
	}
	if len(t.lines) < limit {
		t.lines = append(t.lines, line)
	}
}

// Self returns side/ID of the program that runs, or whose initialiser runs.
func Self() string {
	if current != nil {
		return self
	}
	f := strings.Split(initialising(), "/")
	return strings.Join(f[:min(2, len(f))], "/")
}

// initialising returns side/ID/package of the initialiser that runs, told by the
// file that its code is in: …/side/ID/package_file.
func initialising() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	id := "?"
	for {
		f, more := frames.Next()
		for _, side := range []string{"before/", "after/"} {
			if _, rest, ok := strings.Cut(f.File, "/main/"+side); ok {
				rest, _, _ = strings.Cut(rest, "_")
				id = side + rest // the outermost is the initialiser
			}
		}
		if !more {
			return id
		}
	}
}

// renamed is what the names of the programs' types begin with.
var renamed = regexp.MustCompile(`main\.(before|after)[0-9]+_`)

// Record adds a line that is no effect of the program itself, such as the
// evaluation of a flag that should be gone.
func Record(line string) { emit(line) }

// Run returns the number of the run, from 0.
func Run() int { return run }

// E is an effect.
func E(id int) { emit("E" + strconv.Itoa(id)) }

// B, I and S are effects that give v.
func B(id int, v bool) bool { emit("B" + strconv.Itoa(id)); return v }

// I is an effect that gives v.
func I(id, v int) int { emit("I" + strconv.Itoa(id)); return v }

// S is an effect that gives v.
func S(id int, v string) string { emit("S" + strconv.Itoa(id)); return v }

// In is an effect that gives an input in [0,n), which differs from run to run.
func In(id, n int) int {
	emit("In" + strconv.Itoa(id))
	h := uint64(id)*0x9E3779B97F4A7C15 + uint64(run+1)*0xD1B54A32D192ED03
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	h ^= h >> 32
	return int(h % uint64(n))
}

// Load is an effect that gives a value and, in some runs, an error.
func Load(id int) (int, error) {
	n := In(id, 5)
	if n == 4 {
		return 0, errors.New("load " + strconv.Itoa(id))
	}
	return n, nil
}

// Find is an effect that gives a string and whether there is one.
func Find(id int) (string, bool) {
	n := In(id, 3)
	return "f" + strconv.Itoa(n), n > 0
}

// Check is an effect that gives an error in some runs.
func Check(id int) error {
	_, err := Load(id)
	return err
}

// P is an effect that shows its arguments.
func P(id int, args ...any) { emit("P" + strconv.Itoa(id) + " " + fmt.Sprint(args...)) }

// T is an effect that shows the types of its arguments as well.
func T(id int, args ...any) {
	line := "T" + strconv.Itoa(id)
	for _, a := range args {
		typ := fmt.Sprintf("%T", a)
		if strings.Contains(typ, "main.") {
			typ = renamed.ReplaceAllString(typ, "")
		}
		line += fmt.Sprintf(" %s(%v)", typ, a)
	}
	emit(line)
}

// Main runs the programs, each side in each run, and prints a line
//
//	ok ID
//
// for each whose sides agree, and for others
//
//	mismatch ID RUN
//	< a line of the trace before, around the first difference
//	> a line of the trace after
//
// A side that does not come to an end is told as "hang ID SIDE", which ends the process.
func Main(programs []Program, runs int) {
	for _, p := range programs {
		differ(p, runs)
	}
	fmt.Println("end")
}

func differ(p Program, runs int) {
	for r := range runs {
		run = r
		before := side(p.ID, "before", p.Before)
		after := side(p.ID, "after", p.After)
		if r == 0 {
			before = append(initLines("before/"+p.ID, p.Dropped), before...)
			after = append(initLines("after/"+p.ID, p.Dropped), after...)
		}
		if strings.Join(before, "\n") != strings.Join(after, "\n") {
			fmt.Println("mismatch", p.ID, r)
			same := 0
			for same < min(len(before), len(after)) && before[same] == after[same] {
				same++
			}
			show("<", before, same)
			show(">", after, same)
			return
		}
	}
	fmt.Println("ok", p.ID)
}

// show prints a trace around the line where the difference begins.
func show(sign string, trace []string, at int) {
	for _, l := range trace[max(0, at-3):min(len(trace), at+4)] {
		fmt.Println(sign, strconv.Quote(l))
	}
}

// initLines are the effects of a program's initialisers, but for those of some packages.
func initLines(id string, dropped []string) []string {
	var out []string
	for _, key := range order {
		if pkg, ok := strings.CutPrefix(key, id+"/"); ok && !slices.Contains(dropped, strings.TrimLeft(pkg, "0123456789")) {
			out = append(out, inits[key].lines...)
		}
	}
	return append(out, "initialised")
}

func side(id, name string, f func()) []string {
	t := &trace{}
	done := make(chan struct{})
	current, self = t, name+"/"+id
	go func() {
		defer close(done)
		defer func() {
			if r := recover(); r != nil {
				t.lines = append(t.lines, "panic: "+renamed.ReplaceAllString(fmt.Sprint(r), ""))
			}
		}()
		f()
	}()
	select {
	case <-done:
	case <-time.After(3 * time.Second):
		fmt.Println("hang", id, name)
		os.Exit(3)
	}
	if t.full {
		// Deferred calls ran after the limit: how many depends on nothing but the trace.
		t.lines = t.lines[:limit]
	}
	return t.lines
}
