namespace AltSendme.Relays.Server;

/// <summary>What <c>--help</c> says.</summary>
internal static class Usage
{
    public const string Text = """
        altsendme-relay: passes encrypted packets on between endpoints that can't reach each other (iroh's relay protocol).

          altsendme-relay --dev                     listen on http://127.0.0.1:3340, for trying things out
          altsendme-relay --config relay.json       take the settings from a file

          --listen ADDR:PORT      where to listen (default: 0.0.0.0:443, with --dev 127.0.0.1:3340)
          --config FILE           settings (default: /etc/altsendme-relay/relay.json, where it exists)
          --KEY VALUE             any setting, such as --Access:Mode tokens --Access:Tokens:0 SECRET

        Settings can stand in environment variables too: ALTSENDME_RELAY_Access__Mode=tokens.
        docs/relay.md explains them all, and how to run a relay of your own from nothing.
        """;
}
