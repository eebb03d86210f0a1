namespace AltSendme.Relays.Broker.Tests;

/// <summary>Tests with the one broker, which follow each other.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitTests : ICollectionFixture<RabbitNode>
{
    public const string Name = "rabbit";
}

/// <summary>A test that needs RabbitMQ; without it the test is skipped, and the report says how to get it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RabbitFactAttribute : FactAttribute
{
    public RabbitFactAttribute() => Skip = RabbitNode.WhyNot;
}
