using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;

namespace AltSendme.Relays.Broker.Tests;

/// <summary>A running service replaces plugins: nothing of this one, or of its library, may keep it in memory.</summary>
[Collection(RabbitTests.Name)]
public sealed class UnloadTests(RabbitNode rabbit)
{
    [RabbitFact(Timeout = 60_000)]
    public async Task After_its_last_tunnel_the_plugin_leaves_the_memory()
    {
        var context = await UseAsync(rabbit.Url);

        for (var attempt = 0; context.IsAlive && attempt < 20; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(100);
        }

        Assert.False(context.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync(Uri url)
    {
        var context = new FolderContext(Path.Combine(AppContext.BaseDirectory, "broker-plugin"));
        var type = context.LoadFromAssemblyName(typeof(BrokerPlugin).Assembly.GetName()).GetType(typeof(BrokerPlugin).FullName!)!;
        Assert.NotEqual(typeof(BrokerPlugin), type);

        await using (var plugin = (IPlugin)Activator.CreateInstance(type)!)
        {
            using var host = new TestPluginContext("altsendme.broker");
            var offer = await plugin.StartAsync(host);
            await using var relay = new RelayUnderTest(url, offer.Relay!) { Token = RabbitNode.Token };
            await relay.ConnectAsync(1);
            Assert.Contains(context.Assemblies, static assembly => assembly.GetName().Name == "RabbitMQ.Client");
        }

        context.Unload();
        return new WeakReference(context);
    }

    // As a host has it: what is in the folder is the plugin's own, the rest is shared.
    private sealed class FolderContext(string folder) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            Path.Combine(folder, assemblyName.Name + ".dll") is var file && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
