// Package firebase uses every row of the provider firebase.
package firebase

import (
	"context"
	"firebase.google.com/go/v4/remoteconfig"
)

func remoteconfigServerConfig(serverConfig *remoteconfig.ServerConfig) {
	_ = serverConfig.GetBoolean("get-boolean")          // want `evaluation get-boolean bool`
	_ = serverConfig.GetInt("get-int")                  // want `evaluation get-int int`
	_ = serverConfig.GetFloat("get-float")              // want `evaluation get-float float`
	_ = serverConfig.GetString("get-string")            // want `evaluation get-string string`
	_ = serverConfig.GetValueSource("get-value-source") // want `mention get-value-source`
}

// the maps give defaults, and declare their keys
func templates(ctx context.Context, client *remoteconfig.Client) {
	_, _ = client.GetServerTemplate(ctx, map[string]any{"new-checkout": true})         // want `declaration new-checkout default=true`
	_, _ = client.InitServerTemplate(map[string]any{"color": "blue", "size": 3}, "{}") // want `declaration color default="blue"` `declaration size default=3`
}
