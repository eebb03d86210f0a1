using System.Net.Quic;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("AltSendme.Transports.MsQuic.Tests.SkippedWithoutMsQuic", "AltSendme.Transports.MsQuic.Tests")]

// One class after the other: each fills the thread pool and the library by itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace AltSendme.Transports.MsQuic.Tests;

/// <summary>Skips every test of this assembly where libmsquic is missing, those of the conformance kit too, and says how to get it.</summary>
public sealed class SkippedWithoutMsQuic(IMessageSink sink) : XunitTestFramework(sink)
{
    protected override ITestFrameworkDiscoverer CreateDiscoverer(IAssemblyInfo assemblyInfo) =>
        QuicListener.IsSupported ? base.CreateDiscoverer(assemblyInfo) : new Discoverer(assemblyInfo, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Discoverer(IAssemblyInfo assembly, ISourceInformationProvider sources, IMessageSink sink) : XunitTestFrameworkDiscoverer(assembly, sources, sink)
    {
        protected override bool FindTestsForMethod(ITestMethod testMethod, bool includeSourceInformation, IMessageBus messageBus, ITestFrameworkDiscoveryOptions discoveryOptions) =>
            !testMethod.Method.GetCustomAttributes(typeof(FactAttribute)).Any()
            || ReportDiscoveredTestCase(new SkippedTest(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod), includeSourceInformation, messageBus);
    }
}

/// <summary>A test that is not run.</summary>
public sealed class SkippedTest : XunitTestCase
{
    /// <summary>For deserialization.</summary>
    [Obsolete("For deserialization.", error: false)]
    public SkippedTest()
    {
    }

    public SkippedTest(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(sink, display, options, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        "libmsquic is not installed. To run this test: install the package libmsquic, of your distribution or of Microsoft's package repository for it.";
}
