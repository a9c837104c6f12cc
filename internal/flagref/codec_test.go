package flagref

import (
	"encoding/gob"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/go/analysis"
)

// TestFactsAtOnce has a new process write facts of all types at once, as drivers do that
// analyse packages in parallel. Gob builds what writes a type when it first meets one,
// and waits for ever where two begin at different ends of types that refer to each other.
func TestFactsAtOnce(t *testing.T) {
	t.Parallel()
	if os.Getenv("FLAGREF_FACTS_AT_ONCE") != "" {
		writeAtOnce(NewAnalyzer(Config{}).FactTypes)
		return
	}
	for range 20 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFactsAtOnce$", "-test.count=1", "-test.timeout=20s")
		cmd.Env = append(os.Environ(), "FLAGREF_FACTS_AT_ONCE=1")
		out, err := cmd.CombinedOutput()
		if !assert.NoError(t, err, "%.2000s", out) {
			return
		}
	}
}

func writeAtOnce(facts []analysis.Fact) {
	var begin, end sync.WaitGroup
	begin.Add(1)
	for range 8 {
		for _, f := range facts {
			end.Go(func() {
				begin.Wait()
				_ = gob.NewEncoder(io.Discard).Encode(f)
			})
		}
	}
	begin.Done()
	end.Wait()
}
