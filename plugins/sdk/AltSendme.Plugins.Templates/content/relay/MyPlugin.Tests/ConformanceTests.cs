using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;
using MyPlugin;

namespace MyPlugin.Tests;

/// <summary>What the contract asks of every plugin.</summary>
public sealed class ConformanceTests : PluginTests
{
    protected override IPlugin Create() => new Plugin();
}
