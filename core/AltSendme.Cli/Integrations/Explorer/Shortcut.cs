namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>An entry of the Start menu.</summary>
/// <param name="Program">What it starts.</param>
/// <param name="Arguments">With which arguments.</param>
/// <param name="Description">What it is for.</param>
internal sealed record Shortcut(string Program, string Arguments, string Description);
