using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace AltSendme.Relays.Broker.Tests;

/// <summary>What the contract asks of every relay, with a real broker.</summary>
[Collection(RabbitTests.Name)]
[TestCaseOrderer("AltSendme.Relays.Broker.Tests.OnlyWithRabbit", "AltSendme.Relays.Broker.Tests")]
public sealed class TunnelConformance(RabbitNode rabbit) : RelayTests
{
    protected override Task<RelayUnderTest> StartAsync() => Task.FromResult(rabbit.Relay());
}

/// <summary>What the contract asks of every plugin.</summary>
public sealed class PluginConformance : PluginTests
{
    // Beside the tests stands the manifest of whichever plugin was copied last.
    protected override string ManifestFile => Path.Combine(AppContext.BaseDirectory, "broker-plugin", "plugin.json");

    protected override IPlugin Create() => new BrokerPlugin();
}

/// <summary>Leaves out inherited tests where there is no RabbitMQ; the tests of <see cref="TunnelTests"/> say why.</summary>
public sealed class OnlyWithRabbit : ITestCaseOrderer
{
    public IEnumerable<TTestCase> OrderTestCases<TTestCase>(IEnumerable<TTestCase> testCases)
        where TTestCase : ITestCase => RabbitNode.WhyNot is null ? testCases : [];
}
