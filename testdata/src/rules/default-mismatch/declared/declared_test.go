package declared

import (
	"testing"

	"github.com/rollout/rox-go/v6/server"
)

func TestContainer(t *testing.T) {
	flags.On = server.NewRoxFlag(false)
	if use(nil) || features(Features{FieldOn: false}) {
		t.Fatal("on")
	}
}
